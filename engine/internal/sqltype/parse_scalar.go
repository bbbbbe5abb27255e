package sqltype

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// space is what PostgreSQL's isspace sees around a value.
const space = " \t\n\v\f\r"

// ParseBool reads a boolean: true, false, yes, no and their prefixes, on, off, 1, 0, in any case (parse_bool_with_len).
func ParseBool(text string) (bool, error) {
	word := strings.ToLower(strings.Trim(text, space))
	switch {
	case word == "":
	case strings.HasPrefix("true", word), strings.HasPrefix("yes", word), word == "on", word == "1":
		return true, nil
	case strings.HasPrefix("false", word), strings.HasPrefix("no", word), word == "off", word == "of", word == "0":
		return false, nil
	}
	return false, invalidText("boolean", text)
}

// ParseInt reads a BIGINT: decimal digits with an optional sign, blanks around.
func ParseInt(text string) (int64, error) {
	n, err := strconv.ParseInt(strings.Trim(text, space), 10, 64)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, strconv.ErrRange):
		return 0, sqlerr.New(sqlerr.CodeOutOfRange, "value \"%s\" is out of range for type bigint", text)
	default:
		return 0, invalidText("bigint", text)
	}
}

// ParseFloat reads a DECIMAL as float8in does: an exponent is optional; NaN, Infinity, inf in any case; a number that a double
// cannot hold, or that would become zero, is an error.
func ParseFloat(text string) (float64, error) {
	word := strings.Trim(text, space)
	if f, ok := specialFloat(word); ok {
		return f, nil
	}
	if !isDecimal(word) {
		return 0, invalidText("decimal", text)
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil || f == 0 && !isZero(word) {
		return 0, sqlerr.New(sqlerr.CodeOutOfRange, "\"%s\" is out of range for type decimal", word)
	}
	return f, nil
}

func specialFloat(word string) (float64, bool) {
	switch strings.ToLower(word) {
	case "nan", "+nan", "-nan":
		return math.NaN(), true
	case "inf", "+inf", "infinity", "+infinity":
		return math.Inf(1), true
	case "-inf", "-infinity":
		return math.Inf(-1), true
	}
	return 0, false
}

// isDecimal holds ParseFloat of the standard library back from what only Go's literals allow: underscores and hexadecimal.
func isDecimal(s string) bool {
	s = strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	whole, s := digits(s)
	fraction := 0
	if strings.HasPrefix(s, ".") {
		fraction, s = digits(s[1:])
	}
	if whole+fraction == 0 {
		return false
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	exponent, s := digits(s)
	return exponent > 0 && s == ""
}

// digits counts the leading digits of s and gives what follows them.
func digits(s string) (int, string) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n, s[n:]
}

// isZero says whether a decimal number has no digit but zero before its exponent.
func isZero(s string) bool {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		s = s[:i]
	}
	return !strings.ContainsAny(s, "123456789")
}
