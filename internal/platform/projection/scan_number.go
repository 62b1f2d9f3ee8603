package projection

func skipNumber(doc []byte, at int) int {
	if at = skipInteger(doc, at); at < 0 {
		return -1
	}
	if at < len(doc) && doc[at] == '.' {
		if at = skipDigits(doc, at+1); at < 0 {
			return -1
		}
	}
	if at < len(doc) && (doc[at] == 'e' || doc[at] == 'E') {
		if at++; at < len(doc) && (doc[at] == '+' || doc[at] == '-') {
			at++
		}
		return skipDigits(doc, at)
	}
	return at
}

func skipInteger(doc []byte, at int) int {
	if at < len(doc) && doc[at] == '-' {
		at++
	}
	if at < len(doc) && doc[at] == '0' {
		return at + 1
	}
	return skipDigits(doc, at)
}

// skipDigits wants at least one.
func skipDigits(doc []byte, at int) int {
	from := at
	for at < len(doc) && '0' <= doc[at] && doc[at] <= '9' {
		at++
	}
	if at == from {
		return -1
	}
	return at
}
