package plot

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAxes(t *testing.T) {
	t.Parallel()
	c := Chart{Lines: []Line{
		{Points: []Point{{1_000, 240}, {100_000, 200}}},
		{Points: []Point{{1_000, 6.6}, {100_000, 0.09}}},
		{},
	}}

	x, y := c.axes()

	require.Equal(t, []float64{1_000, 10_000, 100_000}, x.decades())
	require.InDelta(t, left, x.at(1_000), 1e-6)
	require.InDelta(t, left+innerWidth/2, x.at(10_000), 1)
	require.InDelta(t, left+innerWidth, x.at(100_000), 1e-6)
	require.Equal(t, []float64{0.01, 0.1, 1, 10, 100, 1_000}, y.decades())
	require.InDelta(t, top+innerHeight, y.at(0.01), 1e-6, "more is further up")
	require.InDelta(t, top, y.at(1_000), 1e-6)
}

func TestAxisOfASinglePointHasALength(t *testing.T) {
	t.Parallel()
	x, y := Chart{Lines: []Line{{Points: []Point{{1_000, 100}}}}}.axes()
	require.InDelta(t, left, x.at(1_000), 1e-6)
	require.InDelta(t, top+innerHeight, y.at(100), 1e-6)
}

func TestSVG(t *testing.T) {
	t.Parallel()
	got := Chart{
		Title: "Orders <per> second", Below: "two cores & a disk", X: "history", Y: "/s",
		Lines: []Line{{Name: "ours", Colour: "#06c", Points: []Point{{1_000, 240}, {1_000_000, 200}}}},
	}.SVG()

	require.Contains(t, got, "Orders &lt;per&gt; second")
	require.Contains(t, got, "two cores &amp; a disk")
	require.Contains(t, got, ">1,000,000</text>")
	require.Contains(t, got, "ours: 240 at 1,000<")
	require.Equal(t, 2, strings.Count(got, "<circle"))
	document := xml.NewDecoder(strings.NewReader(got))
	for {
		_, err := document.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
}

func TestNamesDoNotStandOnOneAnother(t *testing.T) {
	t.Parallel()
	same := []Point{{1_000, 100}, {10_000, 100}}
	got := Chart{Lines: []Line{{Name: "one", Points: same}, {Name: "two", Points: same}, {Name: "three", Points: same}}}.SVG()

	var heights []float64
	for _, found := range regexp.MustCompile(`y="([0-9.]+)" text-anchor="start" fill=""`).FindAllStringSubmatch(got, -1) {
		y, err := strconv.ParseFloat(found[1], 64)
		require.NoError(t, err)
		heights = append(heights, y)
	}
	require.Len(t, heights, 3)
	require.GreaterOrEqual(t, heights[1]-heights[0], 16.0)
	require.GreaterOrEqual(t, heights[2]-heights[1], 16.0)
}
