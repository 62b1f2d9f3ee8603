// Command print writes the whole API as one file, for readers and for tools that compare schemas.
package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/vektah/gqlparser/v2/formatter"

	"pizzeria/graph/generated"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: print FILE")
		os.Exit(2)
	}
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(schema)
	if err := os.WriteFile(os.Args[1], text.Bytes(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "print:", err)
		os.Exit(1)
	}
}
