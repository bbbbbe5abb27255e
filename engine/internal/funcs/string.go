package funcs

import (
	"crypto/md5" //nolint:gosec // md5() is what the function computes; nothing is protected by it
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

func stringFunctions() []*Function {
	s := section{"String"}
	var out []*Function
	out = append(out, stringCase(s)...)
	out = append(out, stringLength(s)...)
	out = append(out, stringTrim(s)...)
	out = append(out, stringParts(s)...)
	out = append(out, stringSearch(s)...)
	out = append(out, stringMaking(s)...)
	out = append(out, stringCodes(s)...)
	out = append(out, quoting(s)...)
	return append(out, concatenation()...)
}

func stringCase(s section) []*Function {
	return []*Function{
		s.documented("lower", "The text in lower case.", shows("SELECT lower('Alice')", "alice"), caseOverload(strings.ToLower, appendLower)),
		s.documented("upper", "The text in upper case.", shows("SELECT upper('Alice')", "ALICE"), caseOverload(strings.ToUpper, appendUpper)),
		s.beyond("initcap", "Each word with its first letter in upper case and the others in lower case; words are letters and digits.",
			shows("SELECT initcap('hello wORLD-2nd')", "Hello World-2nd"), pure1("text", initcap)),
		s.documented("reverse", "The characters in reverse order.", shows("SELECT reverse('brown')", "nworb"), pure1("text", reverse)),
	}
}

func stringLength(s section) []*Function {
	length := func(text string) int64 { return int64(utf8.RuneCountInString(text)) }
	return []*Function{
		s.documented("length", "The number of characters.", shows("SELECT length('日本語')", "3"), pure1("text", length)),
		s.beyond("char_length", "The number of characters; another name of length.", shows("SELECT char_length('abc')", "3"), pure1("text", length)),
		s.beyond("character_length", "The number of characters; another name of length.", shows("SELECT character_length('abc')", "3"), pure1("text", length)),
		s.beyond("octet_length", "The number of bytes in UTF-8.", shows("SELECT octet_length('日本語')", "9"),
			pure1("text", func(text string) int64 { return int64(len(text)) })),
		s.beyond("bit_length", "The number of bits in UTF-8.", shows("SELECT bit_length('abc')", "24"),
			pure1("text", func(text string) int64 { return int64(len(text)) * 8 })),
	}
}

func stringTrim(s section) []*Function {
	spaces := func(f func(text, characters string) string) *Overload {
		return pure1("text", func(text string) string { return f(text, " ") })
	}
	return []*Function{
		s.documented("trim", "The text without white space at both ends, or without any of the characters given.",
			shows("SELECT '[' || trim('  x y  ') || ']'", "[x y]", "SELECT trim('xxabcx', 'x')", "abc"),
			pure1("text", strings.TrimSpace), pure2("text, characters", strings.Trim)),
		s.beyond("btrim", "The text without spaces at both ends, or without any of the characters given.",
			shows("SELECT btrim('xyabcyx', 'xy')", "abc"), spaces(strings.Trim), pure2("text, characters", strings.Trim)),
		s.beyond("ltrim", "The text without spaces at its start, or without any of the characters given.",
			shows("SELECT ltrim('007', '0')", "7"), spaces(strings.TrimLeft), pure2("text, characters", strings.TrimLeft)),
		s.beyond("rtrim", "The text without spaces at its end, or without any of the characters given.",
			shows("SELECT rtrim('1.500', '0')", "1.5"), spaces(strings.TrimRight), pure2("text, characters", strings.TrimRight)),
	}
}

func stringParts(s section) []*Function {
	sub := func() []*Overload {
		return []*Overload{
			pure2("text, start", func(text string, start int64) string { return characters(text, max(start, 1)-1, -1) }),
			strict3("text, start, length", substring),
		}
	}
	return []*Function{
		s.documented("substring", "The part of a text from a position (the first character is 1), to its end or of a number of characters. "+
			"A negative length is an error. With a regular expression instead of the position: its first match, or that one's first group; "+
			"NULL without a match.",
			shows("SELECT substring('hello', 2, 3)", "ell", "SELECT substring('hello', 3)", "llo", "SELECT substring('hello' FROM 0 FOR 3)", "he", "SELECT substring('user/alice' FROM '/(.*)')", "alice"),
			append(sub(), substringMatch())...),
		s.beyond("substr", "The part of a text from a position; another name of substring.", shows("SELECT substr('hello', 2, 3)", "ell"), sub()...),
		s.beyond("left", "The first characters; with a negative number all but that many last ones.",
			shows("SELECT left('abcde', 2)", "ab", "SELECT left('abcde', -2)", "abc"), pure2("text, n", left)),
		s.beyond("right", "The last characters; with a negative number all but that many first ones.",
			shows("SELECT right('abcde', 2)", "de", "SELECT right('abcde', -2)", "cde"), pure2("text, n", right)),
		s.documented("split_part", "The n-th part of a text between delimiters, counted from 1, or from the end when negative; empty when there are fewer.",
			shows("SELECT split_part('aaa-bbb-ccc', '-', 2)", "bbb", "SELECT split_part('a,b,c', ',', -1)", "c"), strict3("text, delimiter, n", splitPart)),
		s.beyond("overlay", "The text with a part replaced: from a position, as many characters as the new text has or as given.",
			shows("SELECT overlay('Txxxxas' placing 'hom' from 2 for 4)", "Thomas"), strict3("text, new, start", overlayWhole), overlayCounted()),
	}
}

func stringSearch(s section) []*Function {
	return []*Function{
		s.documented("strpos", "Where a text first occurs in another, counted from 1; 0 when it does not.",
			shows("SELECT strpos('foobar', 'bar')", "4", "SELECT strpos('foobar', 'x')", "0"), pure2("text, part", strpos)),
		s.beyond("position", "Where a text first occurs in another, written position(part IN text); 0 when it does not.",
			shows("SELECT position('bar' IN 'foobar')", "4"), pure2("text, part", strpos)),
		s.beyond("starts_with", "Whether a text begins with another.", shows("SELECT starts_with('alphabet', 'alph')", "true"),
			pure2("text, prefix", strings.HasPrefix)),
		s.documented("replace", "The text with every occurrence of a part replaced.",
			shows("SELECT replace('abcabc', 'b', 'x')", "axcaxc"), strict3("text, from, to", replace)),
		s.beyond("translate", "The text with each character of the second argument replaced by the one in its place in the third, or removed.",
			shows("SELECT translate('12345', '143', 'ax')", "a2x5"), pure3("text, from, to", translate)),
	}
}

func stringMaking(s section) []*Function {
	blank := func(f func(*Ctx, string, int64, string) (string, error)) *Overload {
		return strict2("text, length", func(c *Ctx, text string, n int64) (string, error) { return f(c, text, n, " ") })
	}
	return []*Function{
		s.beyond("repeat", "The text several times over.", shows("SELECT repeat('ab', 3)", "ababab"), strict2("text, n", repeat)),
		s.beyond("lpad", "The text filled up at its start, with spaces or another text, to a number of characters; a longer one is cut.",
			shows("SELECT lpad('7', 3, '0')", "007"), blank(lpad), strict3("text, length, fill", lpad)),
		s.beyond("rpad", "The text filled up at its end, with spaces or another text, to a number of characters; a longer one is cut.",
			shows("SELECT rpad('7', 3, '.')", "7.."), blank(rpad), strict3("text, length, fill", rpad)),
	}
}

func stringCodes(s section) []*Function {
	return []*Function{
		s.beyond("md5", "The MD5 hash of the text in UTF-8, in hexadecimal.", shows("SELECT md5('abc')", "900150983cd24fb0d6963f7d28e17f72"),
			pure1("text", func(text string) string {
				sum := md5.Sum([]byte(text)) //nolint:gosec // see the import
				return hex.EncodeToString(sum[:])
			})),
		s.beyond("ascii", "The code point of the first character; 0 of an empty text.", shows("SELECT ascii('x')", "120"),
			pure1("text", func(text string) int64 {
				if text == "" {
					return 0
				}
				r, _ := utf8.DecodeRuneInString(text)
				return int64(r)
			})),
		s.beyond("chr", "The character of a code point.", shows("SELECT chr(65)", "A"), strict1("code", chr)),
		s.beyond("to_hex", "The number in hexadecimal; a negative one as its 64-bit two's complement.", shows("SELECT to_hex(255)", "ff"),
			pure1("n", func(n int64) string { return strconv.FormatUint(uint64(n), 16) })),
	}
}
