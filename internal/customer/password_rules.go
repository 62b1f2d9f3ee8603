package customer

import (
	"encoding/json"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	zxcvbn "github.com/ccojocar/zxcvbn-go/data"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	minPassword = 10
	maxPassword = 1000
)

// validPassword refuses a password that is too short, or one of the first that somebody tries who guesses: one of the most
// common, with or without digits and signs around it, a repetition, a sequence, or the person's own e-mail address or name.
func validPassword(password string, known ...string) error {
	password = text.NFC(password)
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		return fault.New(fault.BadUserInput, "A password has %d to %d characters.", minPassword, maxPassword).At("password")
	}
	if guessed(password, known) {
		return fault.New(fault.BadUserInput, "That is one of the first passwords that somebody would try. Take another one.").At("password")
	}
	return nil
}

func guessed(password string, known []string) bool {
	folded := text.FoldName(password)
	for _, k := range known {
		k, _ = text.Line(text.FoldName(k))
		if name, _, _ := strings.Cut(k, "@"); name != "" && (folded == k || bare(folded) == name) {
			return true
		}
	}
	unit := repeated(folded)
	return len([]rune(unit)) < 4 || sequence(folded) || common(folded) || common(unit) || common(bare(folded))
}

// bare is a text without the digits and signs at its ends.
func bare(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// repeated is the shortest text of whose repetitions s begins and ends; s itself if there is no shorter one.
func repeated(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if strings.HasPrefix(s, s[n:]) {
			return s[:n]
		}
	}
	return s
}

// sequence tells whether each character follows the one before it, up or down, as in 0123456789 or zyxwvutsrq; after 9 comes 0.
func sequence(s string) bool {
	all := []rune(s)
	up, down := true, true
	for i := 1; i < len(all); i++ {
		step := all[i] - all[i-1]
		up = up && (step == 1 || (all[i] == '0' && all[i-1] == '9'))
		down = down && (step == -1 || (all[i] == '9' && all[i-1] == '0'))
	}
	return up || down
}

// common tells whether a text, in small letters, is one of the seven thousand passwords that are used most.
func common(s string) bool { return commonPasswords()[s] }

// commonPasswords are of the library's data: read once, when somebody first chooses a password.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	var most struct{ List []string }
	if err := json.Unmarshal(zxcvbn.MustAsset("data/Passwords.json"), &most); err != nil {
		panic(err) // the data are compiled into the program
	}
	set := make(map[string]bool, len(most.List))
	for _, password := range most.List {
		set[password] = true
	}
	return set
})
