// Package plot draws measurements as SVG.
package plot

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"pizzeria/bench/figures"
)

// Line is one way of doing things, measured at several sizes.
type Line struct {
	Name   string
	Colour string // as CSS has it
	Points []Point
}

// Point is what was measured at a size; both are above zero.
type Point struct{ X, Y float64 }

// Chart has logarithmic axes: sizes and rates that differ by orders of magnitude. At least one line has a point.
type Chart struct {
	Title, Below string // Below is small print: machine and date
	X, Y         string // what the axes show
	Lines        []Line
}

// The drawing in pixels: margins leave room for the axes' labels and the lines' names.
const (
	width, height = 760, 440
	left, right   = 80, 210
	top, bottom   = 50, 80
	innerWidth    = width - left - right
	innerHeight   = height - top - bottom
	lineHeight    = 16
)

// SVG draws the chart. It stands on a ground of its own, so that it can be read on light and on dark pages.
func (c Chart) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img" aria-label="%s">`+"\n",
		width, height, html.EscapeString(c.Title))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	text(&b, left, 28, "start", c.Title, `font-size="16" font-weight="bold"`)
	text(&b, left+innerWidth/2, height-36, "middle", c.X, "")
	text(&b, left, height-12, "start", c.Below, `font-size="11" fill="#666"`)
	fmt.Fprintf(&b, `<text x="20" y="%d" text-anchor="middle" transform="rotate(-90 20 %[1]d)">%s</text>`+"\n", top+innerHeight/2, html.EscapeString(c.Y))

	x, y := c.axes()
	for _, v := range x.decades() {
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/>`+"\n", x.at(v), top, x.at(v), top+innerHeight)
		text(&b, x.at(v), top+innerHeight+20, "middle", figures.Text(v), "")
	}
	for _, v := range y.decades() {
		fmt.Fprintf(&b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/>`+"\n", left, y.at(v), left+innerWidth, y.at(v))
		text(&b, left-8, y.at(v)+4, "end", figures.Text(v), "")
	}
	for _, line := range c.Lines {
		line.draw(&b, x, y)
	}
	c.names(&b, x, y)
	b.WriteString("</svg>\n")
	return b.String()
}

func (l Line) draw(b *strings.Builder, x, y axis) {
	if len(l.Points) == 0 {
		return
	}
	var points []string
	for _, p := range l.Points {
		points = append(points, fmt.Sprintf("%.1f,%.1f", x.at(p.X), y.at(p.Y)))
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"><title>%s: %s at %s</title></circle>`+"\n",
			x.at(p.X), y.at(p.Y), l.Colour, html.EscapeString(l.Name), figures.Text(p.Y), figures.Text(p.X))
	}
	fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(points, " "), l.Colour)
}

// names stand at the ends of their lines, but not on one another.
func (c Chart) names(b *strings.Builder, x, y axis) {
	type name struct {
		Line
		x, y float64
	}
	var all []name
	for _, l := range c.Lines {
		if n := len(l.Points); n > 0 {
			all = append(all, name{l, x.at(l.Points[n-1].X) + 10, y.at(l.Points[n-1].Y) + 4})
		}
	}
	slices.SortFunc(all, func(a, b name) int { return cmp.Compare(a.y, b.y) })
	for i, n := range all {
		if i > 0 {
			n.y = max(n.y, all[i-1].y+lineHeight)
			all[i] = n
		}
		text(b, n.x, n.y, "start", n.Name, fmt.Sprintf("fill=%q", n.Colour))
	}
}

func text(b *strings.Builder, x, y float64, anchor, s, more string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`+"\n", x, y, anchor, more, html.EscapeString(s))
}

// axis goes from one power of ten to another, and from one pixel to another.
type axis struct {
	low, high int // exponents
	from, to  float64
}

func (c Chart) axes() (x, y axis) {
	x, y = axis{from: left, to: left + innerWidth}, axis{from: top + innerHeight, to: top}
	first := true
	for _, line := range c.Lines {
		for _, p := range line.Points {
			if first {
				x.low, x.high, y.low, y.high = math.MaxInt, math.MinInt, math.MaxInt, math.MinInt
				first = false
			}
			x.include(p.X)
			y.include(p.Y)
		}
	}
	return x, y
}

func (a *axis) include(v float64) {
	a.low = min(a.low, int(math.Floor(math.Log10(v))))
	a.high = max(a.high, int(math.Ceil(math.Log10(v))), a.low+1)
}

func (a axis) at(v float64) float64 {
	return a.from + (math.Log10(v)-float64(a.low))/float64(a.high-a.low)*(a.to-a.from)
}

func (a axis) decades() []float64 {
	var all []float64
	for e := a.low; e <= a.high; e++ {
		all = append(all, math.Pow10(e))
	}
	return all
}
