package funcs

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// maxText caps what one call may build, in bytes, so that a query cannot take all memory by a short expression.
const maxText = 16 << 20

func checkLength(bytes int) error {
	if bytes > maxText {
		return errTooLong()
	}
	return nil
}

func errTooLong() error {
	return sqlerr.New(sqlerr.CodeProgramLimit, "requested length too large").WithDetail("A text that a function makes has at most 16 MiB.")
}

func replace(_ *Ctx, text, from, to string) (string, error) {
	if from == "" || text == "" {
		return text, nil
	}
	if grow := len(to) - len(from); grow > 0 {
		if err := checkLength(len(text) + strings.Count(text, from)*grow); err != nil {
			return "", err
		}
	}
	return strings.ReplaceAll(text, from, to), nil
}

func repeat(_ *Ctx, text string, n int64) (string, error) {
	if n <= 0 || text == "" {
		return "", nil
	}
	if n > maxText || int64(len(text)) > maxText/n {
		return "", errTooLong()
	}
	return strings.Repeat(text, int(n)), nil
}

func lpad(_ *Ctx, text string, length int64, fill string) (string, error) {
	kept, padding, err := pad(text, length, fill)
	return padding + kept, err
}

func rpad(_ *Ctx, text string, length int64, fill string) (string, error) {
	kept, padding, err := pad(text, length, fill)
	return kept + padding, err
}

// pad gives what of text is kept and what is to be added to reach a number of characters.
func pad(text string, length int64, fill string) (kept, padding string, err error) {
	missing := length - int64(utf8.RuneCountInString(text))
	if missing <= 0 || fill == "" {
		return characters(text, 0, max(length, 0)), "", nil
	}
	fillLength := int64(utf8.RuneCountInString(fill))
	if missing > maxText || (missing/fillLength+1)*int64(len(fill)) > maxText {
		return "", "", errTooLong()
	}
	padding = strings.Repeat(fill, int(missing/fillLength)) + characters(fill, 0, missing%fillLength)
	return text, padding, checkLength(len(text) + len(padding))
}

func chr(_ *Ctx, code int64) (string, error) {
	switch {
	case code < 0:
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "character number must be positive")
	case code == 0:
		return "", sqlerr.New(sqlerr.CodeProgramLimit, "null character not permitted")
	case code > utf8.MaxRune:
		return "", sqlerr.New(sqlerr.CodeProgramLimit, "requested character too large for encoding: %d", code)
	case !utf8.ValidRune(rune(code)):
		return "", sqlerr.New(sqlerr.CodeProgramLimit, "requested character not valid for encoding: %d", code)
	}
	return string(rune(code)), nil
}
