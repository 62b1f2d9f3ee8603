package text

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// MaxEmail is how many characters an e-mail address has at most.
const MaxEmail = 320

// Email cleans an e-mail address. It is not ok if it can be none, which only catches slips of the keyboard (whether it exists,
// a letter to it can tell), or if it mixes letters of scripts that look alike, to be taken for another.
func Email(s string) (clean string, ok bool) {
	clean, ok = Line(s)
	name, domain, found := strings.Cut(clean, "@")
	if !ok || !found || name == "" || utf8.RuneCountInString(clean) > MaxEmail || strings.ContainsFunc(norm.NFKC.String(name), apart) {
		return clean, false
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	dot := strings.LastIndexByte(ascii, '.')
	if err != nil || dot < 1 || dot == len(ascii)-1 || strings.Contains(ascii, "..") {
		return clean, false
	}
	shown, err := idna.Lookup.ToUnicode(domain)
	return clean, err == nil && oneScript(name+shown)
}

// Fold is what two spellings of one e-mail address have in common, by which it is unique: case, width and how the domain is
// written don't count. What is no address is folded all the same.
func Fold(email string) string {
	clean, _ := Line(email)
	name, domain, _ := strings.Cut(clean, "@")
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		ascii = domain
	}
	fold := cases.Fold()
	for range 2 { // composing may make letters that fold again
		name = norm.NFKC.String(fold.String(norm.NFKC.String(name)))
	}
	return name + "@" + strings.ToLower(ascii)
}

// apart is what no name of a mailbox holds.
func apart(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '@' }

// together are scripts in which one word is written.
var together = [][]string{{"Han", "Hiragana", "Katakana"}, {"Han", "Hangul"}, {"Han", "Bopomofo"}}

// likeLatin are scripts with letters that look like Latin ones.
var likeLatin = []string{"Armenian", "Cherokee", "Coptic", "Cyrillic", "Deseret", "Greek", "Lisu"}

// oneScript tells whether the letters are of one script, or of Latin and one that nobody takes for Latin: "moderately
// restrictive" in the words of Unicode's technical standard 39.
func oneScript(s string) bool {
	used := map[string]bool{}
	for _, r := range s {
		if unicode.IsLetter(r) {
			used[script(r)] = true
		}
	}
	latin := used["Latin"]
	delete(used, "Latin")
	delete(used, "")
	others := slices.Sorted(maps.Keys(used))
	switch {
	case len(others) > 1 && !slices.ContainsFunc(together, func(group []string) bool { return within(others, group) }):
		return false
	case latin && len(others) == 1:
		return !slices.Contains(likeLatin, others[0])
	}
	return true
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(one string) bool { return !slices.Contains(all, one) })
}

// script is the name of a letter's script; "" for letters that several have.
func script(r rune) string {
	if r < 0x80 {
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) && name != "Common" && name != "Inherited" {
			return name
		}
	}
	return ""
}
