package transport

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/vektah/gqlparser/v2/ast"
)

// compressFrom is the size in bytes from which an answer is worth compressing: a smaller one fits into a packet anyway.
const compressFrom = 1 << 10

// compresses tells whether answers to operations of a kind are compressed for those who can read that. The size of what is
// compressed tells of a secret in it to an attacker who sees the size and chooses what stands beside the secret (BREACH). So the
// answers that hand out secrets aren't: those of mutations, which are small. Nor are streams: a compressor for each would take
// more memory than all else that an idle one keeps.
func compresses(kind ast.Operation) bool { return kind == ast.Query }

// acceptsGzip tells whether a client can read gzip.
func acceptsGzip(head http.Header) bool {
	others := false
	for _, line := range head.Values("Accept-Encoding") {
		for entry := range strings.SplitSeq(line, ",") {
			name, parameter, _ := strings.Cut(entry, ";")
			wanted := true
			if weight, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameter), " ", ""), "q="); ok {
				q, err := strconv.ParseFloat(weight, 64)
				wanted = err == nil && q > 0
			}
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip":
				return wanted
			case "*":
				others = wanted
			}
		}
	}
	return others
}

// compressor keeps what compressing takes, for the next answer.
type compressor struct{ pool sync.Pool }

type packed struct {
	writer *gzip.Writer
	buffer bytes.Buffer
}

// compress hands the pieces to use as one, compressed, which is valid until use returns.
func (c *compressor) compress(pieces [][]byte, use func([]byte)) {
	p, ok := c.pool.Get().(*packed)
	if !ok {
		p = &packed{}
		p.writer, _ = gzip.NewWriterLevel(&p.buffer, gzip.BestSpeed) // it fails for no level that there is
	}
	defer c.pool.Put(p)
	p.buffer.Reset()
	p.writer.Reset(&p.buffer)
	for _, piece := range pieces {
		_, _ = p.writer.Write(piece) // a buffer takes everything
	}
	_ = p.writer.Close()
	use(p.buffer.Bytes())
}
