package icu

import (
	"strings"
	"unicode"
)

// property is the set of \p{name} and [[:name:]]; ok is false for a name that ICU does not have or that we have no table for.
// Names are compared loosely: case, blanks, - and _ do not count.
func property(name string) (set runeSet, ok bool) {
	key, value, hasValue := strings.Cut(name, "=")
	if hasValue {
		return propertyValue(loose(key), loose(value))
	}
	bare := loose(name)
	for _, find := range []func(string) (runeSet, bool){category, script, binaryProperty} {
		if set, ok = find(bare); ok {
			return set, true
		}
	}
	if rest, isIs := strings.CutPrefix(bare, "is"); isIs && strings.HasPrefix(name, "Is") {
		return property(rest)
	}
	return nil, false
}

func propertyValue(key, value string) (runeSet, bool) {
	switch key {
	case "gc", "generalcategory":
		return category(value)
	case "sc", "script":
		return script(value)
	}
	set, ok := binaryProperty(key)
	switch value {
	case "y", "yes", "t", "true":
		return set, ok
	case "n", "no", "f", "false":
		return set.complement(), ok
	}
	return nil, false
}

// loose strips what property names are compared without.
func loose(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || '\t' <= r && r <= '\r' {
			return -1
		}
		return r
	}, name))
}

// category finds a general category by its short or long name.
func category(name string) (runeSet, bool) {
	for long, short := range unicode.CategoryAliases {
		if loose(long) == name {
			return tables(unicode.Categories[short]), true
		}
	}
	for short, t := range unicode.Categories {
		if strings.EqualFold(short, name) {
			return tables(t), true
		}
	}
	return nil, false
}

// script finds a script by its long name.
func script(name string) (runeSet, bool) {
	for known, t := range unicode.Scripts {
		if loose(known) == name {
			return tables(t), true
		}
	}
	return nil, false
}

// binaryProperty finds a property that a character has or has not.
func binaryProperty(name string) (runeSet, bool) {
	if build, ok := binaries[name]; ok {
		return build(), true
	}
	for known, t := range unicode.Properties {
		if loose(known) == name && !strings.HasPrefix(known, "Other_") {
			return tables(t), true
		}
	}
	return nil, false
}

// binaries are the properties that are derived from several tables, and POSIX's classes as ICU has them.
var binaries = map[string]func() runeSet{
	"alphabetic": alphabetic,
	"alpha":      alphabetic,
	"lowercase":  lowercase,
	"lower":      lowercase,
	"uppercase":  uppercase,
	"upper":      uppercase,
	"space":      spaces,
	"whitespace": spaces,
	"digit":      digits,
	"word":       wordRunes,
	"any":        allRunes,
	"all":        allRunes,
	"assigned":   assigned,
	"ascii":      func() runeSet { return spansOf(span{0, 0x7F}) },
	"alnum":      func() runeSet { return alphabetic().union(digits()) },
	"blank":      horizontalSpaces,
	"xdigit":     func() runeSet { return digits().union(tables(unicode.Hex_Digit)) },
	"graph":      graphic,
	"print": func() runeSet {
		return graphic().union(horizontalSpaces()).minus(tables(unicode.Cc))
	},
}

func lowercase() runeSet { return tables(unicode.Ll, unicode.Other_Lowercase) }

func uppercase() runeSet { return tables(unicode.Lu, unicode.Other_Uppercase) }

// graphic is POSIX's graph: what is neither space, control, surrogate nor unassigned.
func graphic() runeSet {
	return assigned().minus(spaces().union(tables(unicode.Cc, unicode.Cs)))
}
