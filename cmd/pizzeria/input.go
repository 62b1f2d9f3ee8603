package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine bounds what is read of a line of the standard input, in bytes.
const maxLine = 1 << 16

// firstLine reads the first line of the standard input: a secret, which neither the list of processes nor the shell's history
// is to show.
func (p program) firstLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(p.in, maxLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the standard input: %w", err)
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", errors.New("write the password to the standard input, as in: pizzeria ... < password.txt")
	}
	return line, nil
}
