package text

import "unicode"

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// joining are the scripts in which a joiner or a non-joiner changes what a reader sees.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Bengali, unicode.Devanagari, unicode.Gujarati, unicode.Gurmukhi, unicode.Kannada, unicode.Khmer,
	unicode.Malayalam, unicode.Mongolian, unicode.Myanmar, unicode.Oriya, unicode.Sinhala, unicode.Syriac, unicode.Tamil, unicode.Telugu,
}

// visible composes a text and drops the characters that nobody sees: zero-width ones, soft hyphens, fillers, marks that turn
// the direction around. Joiners and variation selectors stay where they show: within the scripts that need them, and in emoji.
func visible(s string) string {
	plain := true
	for _, r := range s {
		plain = plain && r < 0x300 && r != '\u00ad'
	}
	if plain { // composed already, and nothing invisible in it
		return s
	}
	for {
		seen := dropped(s)
		if seen == s {
			return s
		}
		s = seen // what is gone may have held apart what composes now
	}
}

func dropped(s string) string {
	all := []rune(NFC(s))
	kept := make([]rune, 0, len(all))
	for i, r := range all {
		var before rune
		if len(kept) > 0 {
			before = kept[len(kept)-1]
		}
		if !invisible(r) || shows(r, before, next(all[i+1:])) {
			kept = append(kept, r)
		}
	}
	return NFC(string(kept))
}

func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// next is the first of the characters that can be seen; 0 if there is none.
func next(all []rune) rune {
	for _, r := range all {
		if !invisible(r) {
			return r
		}
	}
	return 0
}

// shows tells whether an invisible character changes how those around it look.
func shows(r, before, after rune) bool {
	switch r {
	case joiner:
		return (unicode.In(before, joining...) && unicode.In(after, joining...)) || (pictured(before) && unicode.Is(unicode.So, after))
	case nonJoiner:
		return unicode.In(before, joining...) && unicode.In(after, joining...)
	case '\ufe0e', '\ufe0f': // as text, or as a picture
		return unicode.Is(unicode.So, before) || (before < 0x80 && unicode.IsDigit(before)) || before == '#' || before == '*'
	}
	return false
}

func pictured(r rune) bool {
	return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || r == '\ufe0f'
}
