package projection

import "time"

// These append values as the API writes them.

// Time appends a DateTime: RFC 3339 in UTC.
func Time(out []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(out, '"'), time.RFC3339Nano), '"')
}

// Text appends a String, an ID or an enum.
func Text(out []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	out = append(out, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		out = append(out, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			out = append(out, '\\', c)
		case '\n':
			out = append(out, `\n`...)
		case '\r':
			out = append(out, `\r`...)
		case '\t':
			out = append(out, `\t`...)
		default:
			out = append(out, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(append(out, s[from:]...), '"')
}

// Nullable appends what a pointer points to, or null.
func Nullable[T any](out []byte, v *T, write func([]byte, T) []byte) []byte {
	if v == nil {
		return append(out, "null"...)
	}
	return write(out, *v)
}
