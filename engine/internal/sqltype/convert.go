package sqltype

import (
	"fmt"
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Convert gives a parameter's value, of whatever type the client sent it, the type that its place in the statement takes. It refuses
// what would lose or guess: 1.5 for a BIGINT, 2 for a BOOLEAN, a number for a TIMESTAMP.
func Convert(v column.Value, t column.Type) (column.Value, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		return Parse(x, t)
	case int64:
		return convertInt(x, t)
	case float64:
		return convertFloat(x, t)
	case bool:
		switch t.Kind {
		case column.KindBool:
			return x, nil
		case column.KindText:
			return string(column.AppendText(nil, x)), nil
		}
	case column.Timestamp:
		switch t.Kind {
		case column.KindTimestamp:
			return x, nil
		case column.KindText:
			return string(column.AppendText(nil, x)), nil
		}
	}
	return nil, mismatch(v, t)
}

func convertInt(x int64, t column.Type) (column.Value, error) {
	switch t.Kind {
	case column.KindInt64:
		return x, nil
	case column.KindFloat64:
		return float64(x), nil
	case column.KindText:
		return string(column.AppendText(nil, x)), nil
	case column.KindBool:
		// Drivers without a boolean send TINYINT 0 and 1.
		if x == 0 || x == 1 {
			return x == 1, nil
		}
	}
	return nil, mismatch(x, t)
}

func convertFloat(x float64, t column.Type) (column.Value, error) {
	switch t.Kind {
	case column.KindFloat64:
		return x, nil
	case column.KindText:
		return string(column.AppendText(nil, x)), nil
	case column.KindInt64:
		// JavaScript drivers send every number as a double.
		if x == math.Trunc(x) && math.Abs(x) <= 1<<53 {
			return int64(x), nil
		}
	case column.KindBool:
		if x == 0 || x == 1 {
			return x == 1, nil
		}
	}
	return nil, mismatch(x, t)
}

func mismatch(v column.Value, t column.Type) error {
	return sqlerr.New(sqlerr.CodeInvalidText, "a parameter of value %s cannot be used as %s", printable(v), t)
}

func printable(v column.Value) string {
	s := string(column.AppendText(nil, v))
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return fmt.Sprintf("%q", s)
}
