// Package menu is the write side of what is sold: items, their prices and recipes.
package menu
