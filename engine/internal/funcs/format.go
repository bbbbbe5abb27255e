package funcs

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

func formatOverload() *Overload {
	o := overload("pattern, values", column.Text, column.Text, column.Unknown)
	o.Params[1].Any, o.Params[1].Optional = Any, true
	o.Variadic, o.NullCalled = true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		if args[0] == nil {
			return nil, nil
		}
		f := formatter{pattern: args[0].(string), values: args[1:]}
		if err := f.run(); err != nil {
			return nil, err
		}
		return f.out.String(), nil
	}
	return o
}

// formatter is one call of format(), which follows PostgreSQL's text_format.
type formatter struct {
	pattern string
	values  []column.Value
	next    int // of values, for specifiers without a position
	out     strings.Builder
}

func (f *formatter) run() error {
	for {
		before, rest, found := strings.Cut(f.pattern, "%")
		f.out.WriteString(before)
		if !found {
			return nil
		}
		f.pattern = rest
		if strings.HasPrefix(rest, "%") {
			f.out.WriteByte('%')
			f.pattern = rest[1:]
			continue
		}
		if err := f.specifier(); err != nil {
			return err
		}
		if err := checkLength(f.out.Len()); err != nil {
			return err
		}
	}
}

// specifier reads %[position$][-][width]type and writes its value.
func (f *formatter) specifier() error {
	position, err := f.position()
	if err != nil {
		return err
	}
	leftAlign := false
	for strings.HasPrefix(f.pattern, "-") {
		leftAlign, f.pattern = true, f.pattern[1:]
	}
	width, err := f.width()
	if err != nil {
		return err
	}
	if f.pattern == "" {
		return errUnterminatedFormat()
	}
	kind, size := utf8.DecodeRuneInString(f.pattern)
	f.pattern = f.pattern[size:]
	if !strings.ContainsRune("sIL", kind) {
		return sqlerr.New(sqlerr.CodeInvalidParameter, "unrecognized format() type specifier \"%c\"", kind).
			WithHint("For a single \"%\" use \"%%\".")
	}
	v, err := f.value(position)
	if err != nil {
		return err
	}
	text, err := formatted(v, kind)
	if err != nil {
		return err
	}
	return f.write(text, width, leftAlign)
}

// position reads digits followed by a dollar sign; -1 when there are none.
func (f *formatter) position() (int, error) {
	n, rest, ok, err := leadingNumber(f.pattern)
	if err != nil || !ok || !strings.HasPrefix(rest, "$") {
		return -1, err
	}
	if n == 0 {
		return 0, sqlerr.New(sqlerr.CodeInvalidParameter, "format specifies argument 0, but arguments are numbered from 1")
	}
	f.pattern = rest[1:]
	return n, nil
}

// width reads digits, * (the next argument) or *n$.
func (f *formatter) width() (int, error) {
	if !strings.HasPrefix(f.pattern, "*") {
		n, rest, ok, err := leadingNumber(f.pattern)
		if ok {
			f.pattern = rest
		}
		return n, err
	}
	f.pattern = f.pattern[1:]
	position, err := f.position()
	if err != nil {
		return 0, err
	}
	v, err := f.value(position)
	if err != nil || v == nil {
		return 0, err
	}
	n, ok := v.(int64)
	if !ok || n > maxText || n < -maxText {
		return 0, sqlerr.New(sqlerr.CodeInvalidParameter, "the width of format() must be a BIGINT")
	}
	return int(n), nil
}

func leadingNumber(s string) (n int, rest string, ok bool, err error) {
	i := 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if n = n*10 + int(s[i]-'0'); n > maxText {
			return 0, s, false, sqlerr.New(sqlerr.CodeOutOfRange, "number is out of range")
		}
	}
	if i > 0 && i == len(s) {
		return 0, s, false, errUnterminatedFormat()
	}
	return n, s[i:], i > 0, nil
}

func errUnterminatedFormat() error {
	return sqlerr.New(sqlerr.CodeInvalidParameter, "unterminated format() type specifier").WithHint("For a single \"%\" use \"%%\".")
}

func (f *formatter) value(position int) (column.Value, error) {
	if position > 0 {
		f.next = position - 1
	}
	if f.next >= len(f.values) {
		return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "too few arguments for format()")
	}
	v := f.values[f.next]
	f.next++
	return v, nil
}

func formatted(v column.Value, kind rune) (string, error) {
	switch {
	case v == nil && kind == 'L':
		return "NULL", nil
	case v == nil && kind == 'I':
		return "", sqlerr.New(sqlerr.CodeNullNotAllowed, "null values cannot be formatted as an SQL identifier")
	case v == nil:
		return "", nil
	}
	text := string(appendOutput(nil, v))
	switch kind {
	case 'L':
		return quoteLiteral(text), nil
	case 'I':
		return quoteIdent(text), nil
	default:
		return text, nil
	}
}

func (f *formatter) write(text string, width int, leftAlign bool) error {
	if width < 0 {
		leftAlign, width = true, -width
	}
	if err := checkLength(f.out.Len() + len(text) + width); err != nil {
		return err
	}
	padding := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
	if !leftAlign {
		f.out.WriteString(padding)
	}
	f.out.WriteString(text)
	if leftAlign {
		f.out.WriteString(padding)
	}
	return nil
}
