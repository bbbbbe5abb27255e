package icu

// length is how many characters a node can match; max is -1 without a bound.
func length(n node) (least, most int) {
	switch n := n.(type) {
	case literal:
		return literalLength(n)
	case charSet:
		return 1, 1
	case anyChar, newline:
		return 1, 2
	case group:
		return length(n.body)
	case atomic:
		return length(n.body)
	case backref:
		return 0, -1
	case repeat:
		return repeatLength(n)
	case concat:
		for _, part := range n.parts {
			l, m := length(part)
			least += l
			most = addBound(most, m)
		}
		return least, most
	case alternate:
		return alternateLength(n)
	default:
		return 0, 0
	}
}

// literalLength allows for characters that fold to up to three.
func literalLength(n literal) (least, most int) {
	if !n.fold {
		return len(n.runes), len(n.runes)
	}
	folded := foldAll(n.runes)
	return (len(folded) + 2) / 3, len(folded)
}

func foldAll(runes []rune) []rune {
	var folded []rune
	for _, r := range runes {
		folded = appendFold(folded, r)
	}
	return folded
}

func repeatLength(n repeat) (least, most int) {
	l, m := length(n.body)
	switch {
	case m == 0:
		return 0, 0
	case n.max < 0 || m < 0:
		return l * n.min, -1
	}
	return l * n.min, m * n.max
}

func alternateLength(n alternate) (least, most int) {
	for i, branch := range n.branches {
		l, m := length(branch)
		if i == 0 {
			least, most = l, m
			continue
		}
		least = min(least, l)
		if most >= 0 {
			most = max(most, m)
		}
		if m < 0 {
			most = -1
		}
	}
	return least, most
}

func addBound(a, b int) int {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}
