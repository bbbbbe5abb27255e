package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
)

// daysToEpoch is TO_DAYS('1970-01-01').
const daysToEpoch = 719528

func mysqlYearWeek(t column.Timestamp) int64 {
	year, week := civil(t).fullSundayWeek()
	return year*100 + int64(week)
}

// mysqlIntDiv is DIV of numbers with fractions.
func mysqlIntDiv(_ *Ctx, a, b float64) (int64, error) {
	if b == 0 {
		return 0, errDivisionByZero()
	}
	q := math.Trunc(a / b)
	if !(q >= -0x1p63 && q < 0x1p63) {
		return 0, errBigintRange()
	}
	return int64(q), nil
}

func mysqlLocate(part, text string, start int64) int64 {
	if start < 1 {
		return 0
	}
	skipped := characters(text, 0, start-1)
	rest := text[len(skipped):]
	if int64(len([]rune(skipped))) < start-1 {
		return 0
	}
	at := strpos(rest, part)
	if at == 0 {
		return 0
	}
	return at + start - 1
}

// mysqlField finds its first argument among the others.
func mysqlField() *Overload {
	o := overload("text, texts", column.Int64, column.Text, column.Text)
	o.Variadic, o.NullCalled, o.CanFail = true, true, false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		for i, a := range args[1:] {
			if a != nil && a == args[0] {
				return int64(i + 1), nil
			}
		}
		return int64(0), nil
	}
	return o
}

func mysqlElt() *Overload {
	o := overload("n, texts", column.Text, column.Int64, column.Text)
	o.Variadic, o.NullCalled, o.CanFail = true, true, false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		n, ok := args[0].(int64)
		if !ok || n < 1 || n >= int64(len(args)) {
			return nil, nil
		}
		return args[n], nil
	}
	return o
}
