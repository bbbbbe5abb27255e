package mysqlfront

import (
	"strconv"
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// lowerer turns MySQL's tree into ours. The first error is kept in err; the functions then give harmless placeholders.
type lowerer struct {
	text  string
	toks  []token
	used  []bool
	opts  Options
	guard *ddsql.Guard
	err   *sqlerr.Error
}

var placeholder = &syntax.Literal{Pos: -1, Kind: syntax.NullLit}

// noIdent is the name that was not written.
var noIdent = syntax.Ident{Pos: -1}

// fail keeps the first error, at a token.
func (l *lowerer) fail(i int, err *sqlerr.Error) {
	if l.err == nil {
		l.err = err.At(int(l.pos(i)))
	}
}

// refuse fails with a construct that is not supported.
func (l *lowerer) refuse(i int, what string) {
	l.fail(i, sqlerr.NotSupported(what))
}

// unknown refuses a node that no function here knows: never a guess.
func (l *lowerer) unknown(i int) {
	if i < 0 {
		for i = range l.toks {
			if l.toks[i].referenced() && !l.used[i] {
				break
			}
		}
	}
	l.refuse(i, "this construct of MySQL")
}

func (l *lowerer) enter(i int) bool {
	if err := l.guard.Enter(-1); err != nil {
		l.fail(i, err)
	}
	return l.err == nil
}

func (l *lowerer) leave() { l.guard.Leave() }

// pos is the place of a token.
func (l *lowerer) pos(i int) syntax.Pos {
	if i < 0 || i >= len(l.toks) {
		return -1
	}
	return syntax.Pos(l.toks[i].pos)
}

// before is the token before the one that an operand begins with: its operator.
func before(i int) int {
	if i <= 0 {
		return -1
	}
	return i - 1
}

// take finds the token that the grammar's text refers to; a keyword was sent as itself, and is found by its spelling.
func (l *lowerer) take(ref string) int {
	if i, err := strconv.Atoi(ref); err == nil && i >= 0 && i < len(l.toks) {
		l.used[i] = true
		return i
	}
	for i := range l.toks {
		if t := &l.toks[i]; !l.used[i] && !t.byName && t.isWord(ref) {
			l.used[i] = true
			return i
		}
	}
	return -1
}

// ident is a name. Unquoted names are folded; names in backticks keep their spelling, but match in any case as MySQL's do.
func (l *lowerer) ident(ref string) (syntax.Ident, int) {
	i := l.take(ref)
	if i < 0 {
		return syntax.Ident{Name: strings.ToLower(ref), Pos: -1}, -1
	}
	t := &l.toks[i]
	if t.kind == kindWord {
		return syntax.Ident{Name: t.lower(), Pos: t.pos}, i
	}
	return syntax.Ident{Name: t.value, Quoted: true, AnyCase: true, Pos: t.pos}, i
}

// referenced reports whether the token was sent by reference, and so must come back.
func (t *token) referenced() bool {
	switch t.kind {
	case kindName, kindString, kindBits, kindInt, kindDecimal, kindParam:
		return true
	}
	return t.kind == kindWord && t.byName
}

// checkUsed refuses a statement of which something came to nothing: the grammar, or we, lost it.
func (l *lowerer) checkUsed() {
	for i := range l.toks {
		if t := &l.toks[i]; t.referenced() && !l.used[i] {
			l.fail(i, sqlerr.NotSupported(`the use of "`+sqlerr.Near(l.text, t.pos, t.end)+`" here`))
			return
		}
	}
}

// lowerQuery turns a parsed query into ours.
func lowerQuery(text string, toks []token, stmt sqlparser.Statement, opts Options) (*syntax.Query, *sqlerr.Error) {
	l := &lowerer{text: text, toks: toks, used: make([]bool, len(toks)), opts: opts, guard: ddsql.NewGuard(opts.Limits)}
	q := &syntax.Query{Pos: -1}
	if sel, ok := stmt.(sqlparser.SelectStatement); ok {
		q = l.query(sel)
	} else {
		l.unknown(-1)
	}
	if l.err == nil {
		l.checkUsed()
	}
	return q, l.err
}
