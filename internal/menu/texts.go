package menu

import "pizzeria/internal/platform/text"

// These clean texts that have been found valid.

func line(s string) string {
	clean, _ := text.Line(s)
	return clean
}

func block(s string) string {
	clean, _ := text.Block(s)
	return clean
}
