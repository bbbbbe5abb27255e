package engine

import (
	"context"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"time"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/mysqlfront"
	"github.com/credsql/credsql/engine/sqlerr"
)

// userVariable is a @name.
type userVariable struct {
	typ   gms.Type
	value any
}

// setVariables runs SET: of our settings, or of MySQL's variables, which go-mysql-server computes and we keep.
func (s *Session) setVariables(ctx context.Context, p *mysqlfront.Parsed) (*Rows, error) {
	ours := 0
	for _, x := range p.Settings {
		if s.isOurs(x) {
			ours++
		}
	}
	switch {
	case ours == 0:
		return s.textRows(nil, nil), s.setMySQL(ctx, p)
	case ours < len(p.Settings):
		return nil, sqlerr.NotSupported("SET of settings of credsql and variables of MySQL in one statement")
	}
	for _, x := range p.Settings {
		if err := s.setOurs(x); err != nil {
			return nil, err
		}
	}
	return s.textRows(nil, nil), nil
}

// isOurs says whether a variable is a setting of ours. MySQL's time_zone is both, and then MySQL's.
func (s *Session) isOurs(x mysqlfront.Setting) bool {
	return !x.User && s.engine.settings.byName[x.Name] != nil
}

func (s *Session) setOurs(x mysqlfront.Setting) error {
	switch {
	case x.Default:
		return s.Reset(x.Name)
	case !x.Literal:
		return sqlerr.New(sqlerr.CodeInvalidParameter, "%s takes a constant", x.Name)
	}
	return s.Set(x.Name, x.Value)
}

// setMySQL runs SET of MySQL's variables. Nothing is changed unless all of it can be.
func (s *Session) setMySQL(ctx context.Context, p *mysqlfront.Parsed) error {
	m := s.engine.metadata()
	ctx, cancel := s.limited(ctx)
	defer cancel(nil)
	gctx, err := m.context(ctx, s, p.SQL)
	if err != nil {
		return metadataError(err)
	}
	asTexts(p.Tree)
	before := gctx.GetAllSessionVariables()
	_, iter, err := m.run(gctx, p.Tree, p.SQL, nil)
	if err == nil {
		err = discard(gctx, iter)
	}
	if err != nil {
		return metadataError(err)
	}
	changed := maps.Clone(s.client.variables)
	if changed == nil {
		changed = map[string]any{}
	}
	for name, value := range gctx.GetAllSessionVariables() {
		if !reflect.DeepEqual(before[name], value) {
			changed[name] = value
		}
	}
	next := s.client
	next.variables = changed
	if err := next.settle(); err != nil {
		return err
	}
	if err := next.keepUserVariables(gctx, p.Settings); err != nil {
		return metadataError(err)
	}
	s.client = next
	return nil
}

// asTexts makes texts of the numbers that extraVariables are set to, which hold texts.
func asTexts(tree sqlparser.Statement) {
	set, ok := tree.(*sqlparser.Set)
	if !ok {
		return
	}
	for _, e := range set.Exprs {
		name := e.Name.Name.Lowered()
		if dot := strings.LastIndexAny(name, ".@"); dot >= 0 {
			name = name[dot+1:]
		}
		if e.Scope == sqlparser.SetScope_User || !holdsText(name) {
			continue
		}
		switch v := e.Expr.(type) {
		case *sqlparser.SQLVal:
			if v.Type == sqlparser.IntVal || v.Type == sqlparser.FloatVal {
				e.Expr = sqlparser.NewStrVal(v.Val)
			}
		case sqlparser.BoolVal:
			e.Expr = sqlparser.NewStrVal([]byte(map[sqlparser.BoolVal]string{true: "1", false: "0"}[v]))
		}
	}
}

// holdsText says whether a variable is one of ours that go-mysql-server knows as text.
func holdsText(name string) bool {
	if _, extra := extraVariables[name]; !extra {
		return false
	}
	v, _, known := gms.SystemVariables.GetGlobal(name)
	if !known {
		return false
	}
	_, text := v.GetType().Zero().(string)
	return text
}

func (c *clientState) keepUserVariables(ctx *gms.Context, settings []mysqlfront.Setting) error {
	kept := maps.Clone(c.userVariables)
	for _, x := range settings {
		if !x.User {
			continue
		}
		if kept == nil {
			kept = map[string]userVariable{}
		}
		if _, known := kept[x.Name]; !known && len(kept) >= maxUserVariables {
			return sqlerr.New(sqlerr.CodeConfigurationLimit, "the session has %d variables, and may have no more", maxUserVariables)
		}
		typ, value, err := ctx.GetUserVariable(ctx, x.Name)
		if err != nil {
			return err
		}
		kept[x.Name] = userVariable{typ: typ, value: value}
	}
	c.userVariables = kept
	return nil
}

// maxUserVariables bounds what a session keeps between statements.
const maxUserVariables = 1000

// settle checks the variables that mean something here and takes what they say.
func (c *clientState) settle() error {
	if zone, ok := c.text("time_zone"); ok && !strings.EqualFold(zone, "SYSTEM") {
		if _, err := checkZone(zone); err != nil {
			return sqlerr.New(sqlerr.CodeInvalidParameter, "time_zone %q is not supported", zone).WithHint(err.Error())
		}
		c.variables["time_zone"] = "+00:00"
	}
	for _, name := range []string{"character_set_results", "character_set_client", "character_set_connection"} {
		if set, ok := c.text(name); ok && !isUTF8(set) {
			return sqlerr.New(sqlerr.CodeInvalidParameter, "character set %q is not supported", set).WithHint("text is UTF-8: use utf8mb4")
		}
	}
	if mode, ok := c.text("sql_mode"); ok {
		c.variables["sql_mode"] = withoutBackslashes(mode)
		c.ansiQuotes = strings.Contains(strings.ToUpper(mode), "ANSI_QUOTES") || hasWord(mode, "ANSI")
	}
	if on, ok := c.number("autocommit"); ok {
		c.noAutocommit = on == 0
	}
	n, ok := c.number("sql_select_limit")
	c.limited, c.selectLimit = ok && n >= 0, n
	c.maxExecution = 0
	if ms, ok := c.number("max_execution_time"); ok && ms > 0 {
		c.maxExecution = time.Duration(ms) * time.Millisecond
	}
	if text, ok := c.text("max_statement_time"); ok { // MariaDB's, in seconds
		if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 && seconds < 1e6 {
			c.maxExecution = time.Duration(seconds * float64(time.Second))
		}
	}
	return nil
}

// isUTF8 says whether text in a character set looks as it does in UTF-8, or is given as it is.
func isUTF8(set string) bool {
	switch strings.ToLower(set) {
	case "", "utf8mb4", "utf8mb3", "utf8", "binary", "ascii":
		return true
	}
	return false
}

func hasWord(list, word string) bool {
	for _, w := range strings.Split(list, ",") {
		if strings.EqualFold(strings.TrimSpace(w), word) {
			return true
		}
	}
	return false
}

// text gives a variable that has been set.
func (c *clientState) text(name string) (string, bool) {
	s, ok := c.variables[name].(string)
	return s, ok
}

// number gives a variable that has been set. Unsigned values over the largest BIGINT, by which clients mean no bound, are negative.
func (c *clientState) number(name string) (int64, bool) {
	v := reflect.ValueOf(c.variables[name])
	switch {
	case v.CanInt():
		return v.Int(), true
	case v.CanUint():
		return int64(v.Uint()), true
	}
	return 0, false
}
