package ddsql

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// questionOperators are the operators that hold a question mark: hstore's and jsonb's.
var questionOperators = map[string]bool{"?": true, "?|": true, "?&": true, "@?": true}

// readPlaceholders decides for each ? whether it is a parameter or an operator, and counts the parameters.
func readPlaceholders(text string, toks []token, enabled bool) ([]token, int, *sqlerr.Error) {
	out := make([]token, 0, len(toks)+4)
	highest, marks := 0, 0
	for i := range toks {
		t := toks[i]
		switch {
		case t.kind == kindParam:
			highest = max(highest, t.param)
			out = append(out, t)
		case !enabled || t.kind != kindOp || !strings.Contains(t.value, "?"):
			out = append(out, t)
		default:
			operand := len(out) == 0 || !endsOperand(&out[len(out)-1])
			var n int
			out, n = splitMarks(out, t, operand, marks)
			marks += n
		}
	}
	if marks > 0 && highest > 0 {
		return nil, 0, sqlerr.Syntax("parameters are written either as ? or as $1, not both").At(strings.Index(text, "?"))
	}
	if marks > maxParams {
		return nil, 0, tooComplex(0, "more than %d parameters", maxParams)
	}
	return out, max(highest, marks), nil
}

// splitMarks cuts a run of operator characters such as =? or ?|| into operators and parameters. operand says whether an
// operand is expected where the run begins; n parameters came before.
func splitMarks(out []token, t token, operand bool, n int) ([]token, int) {
	found := 0
	for t.value != "" {
		if operand && t.value[0] == '?' {
			found++
			out = append(out, token{kind: kindParam, value: "?", param: n + found, pos: t.pos, end: t.pos + 1})
			t.value, t.pos = t.value[1:], t.pos+1
			operand = false
			continue
		}
		cut := len(t.value)
		if !questionOperators[t.value] {
			// The last ? of the run is the next operand, unless an operator is left that is one as a whole.
			if i := strings.LastIndexByte(t.value, '?'); i > 0 {
				cut = i
			}
		}
		out = append(out, token{kind: kindOp, value: t.value[:cut], pos: t.pos, end: t.pos + cut})
		t.value, t.pos = t.value[cut:], t.pos+cut
		operand = true
	}
	return out, found
}
