package server

import "math"

// nearest returns the name that a word needs the fewest corrections to become, and how many those are.
func nearest(word string, names []string) (name string, corrections int) {
	corrections = math.MaxInt
	for _, n := range names {
		if d := distance(word, n); d < corrections {
			name, corrections = n, d
		}
	}
	return name, corrections
}

// distance counts the letters to add, drop, change, or swap with the next one, that make a word of another.
func distance(a, b string) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above, row = above, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
