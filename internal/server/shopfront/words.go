package shopfront

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// words are the app's texts in one language: what its catalogue says for each text in English.
type words struct {
	tag   language.Tag
	texts map[string]string
}

// say writes a text; in English if the catalogue lacks it.
func (w words) say(text string) string {
	if said := w.texts[text]; said != "" {
		return said
	}
	return text
}

// amount writes minor units with so many decimals, as the app's Intl does.
func (w words) amount(minor int64, decimals int) string {
	whole := float64(minor)
	for range decimals {
		whole /= 10
	}
	return message.NewPrinter(w.tag).Sprint(number.Decimal(whole, number.Scale(decimals)))
}

// languages are the app's, English first.
type languages struct {
	all     []words
	matcher language.Matcher
}

// readLanguages reads the catalogues: files <language>.po.
func readLanguages(catalogues fs.FS) (languages, error) {
	names, err := fs.Glob(catalogues, "*.po")
	if err != nil {
		return languages{}, fmt.Errorf("look for catalogues: %w", err)
	}
	all := []words{{tag: language.English}}
	tags := []language.Tag{language.English}
	for _, name := range names {
		text, err := fs.ReadFile(catalogues, name)
		if err != nil {
			return languages{}, fmt.Errorf("read catalogue %s: %w", name, err)
		}
		tag, err := language.Parse(strings.TrimSuffix(path.Base(name), ".po"))
		if err != nil {
			return languages{}, fmt.Errorf("catalogue %s: %w", name, err)
		}
		if tag == language.English {
			continue // its texts are what is looked for
		}
		all, tags = append(all, words{tag: tag, texts: readCatalogue(string(text))}), append(tags, tag)
	}
	return languages{all: all, matcher: language.NewMatcher(tags)}, nil
}

// of is the language that a visitor has chosen (the app keeps it in a cookie), or that the browser prefers.
func (l languages) of(r *http.Request) words {
	chosen := ""
	if cookie, err := r.Cookie("language"); err == nil {
		chosen = cookie.Value
	}
	_, i := language.MatchStrings(l.matcher, chosen, r.Header.Get("Accept-Language"))
	return l.all[i]
}

// readCatalogue reads a gettext file: pairs of msgid and msgstr, which may go on over several lines.
func readCatalogue(text string) map[string]string {
	texts := map[string]string{}
	var id, said, to *string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "msgid "); ok {
			id, said = new(string), new(string)
			line, to = rest, id
		} else if rest, ok := strings.CutPrefix(line, "msgstr "); ok {
			line, to = rest, said
		}
		part, err := strconv.Unquote(line)
		if err != nil || to == nil {
			continue // a comment, or an empty line
		}
		*to += part
		texts[*id] = *said
	}
	return texts
}
