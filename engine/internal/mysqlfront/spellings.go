package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// forbidden are the functions that reach out of the query, or hold the server up.
var forbidden = map[string]bool{
	"load_file": true, "sleep": true, "benchmark": true, "get_lock": true, "release_lock": true, "release_all_locks": true,
	"is_free_lock": true, "is_used_lock": true, "master_pos_wait": true, "source_pos_wait": true, "wait_for_executed_gtid_set": true,
	"sys_exec": true, "sys_eval": true, "uuid_short": true,
}

// spelling lowers a call of MySQL's whose arguments are lowered already; i is its name's token.
type spelling func(l *lowerer, c *syntax.Call, i int) syntax.Expr

// spellings are the functions that only MySQL spells so. A name that DDSQL has too is not here: it means what DDSQL says,
// with backticks or without.
var spellings = map[string]spelling{
	"ifnull": renamed("coalesce", 2, 2), "isnull": isNull, "lcase": renamed("lower", 1, 1), "ucase": renamed("upper", 1, 1),
	"char_length": renamed("length", 1, 1), "character_length": renamed("length", 1, 1),
	"substr": renamed("substring", 2, 3), "mid": renamed("substring", 3, 3), "locate": locate, "instr": renamed("strpos", 2, 2),
	"space": space, "pow": renamed("power", 2, 2), "mod": operator("%"), "truncate": renamed("trunc", 2, 2), "std": renamed("stddev_pop", 1, 1),
	"json_unquote": jsonUnquote, "json_extract": renamed("mysql_json_extract", 2, 2),
	"substring_index": renamed("mysql_substring_index", 3, 3), "find_in_set": renamed("mysql_find_in_set", 2, 2),
	"field": renamed("mysql_field", 2, 64), "elt": renamed("mysql_elt", 2, 64), "rlike": renamed("regexp_like", 2, 2),

	"now": now, "sysdate": now, "current_timestamp": now, "localtime": now, "localtimestamp": now, "utc_timestamp": now,
	"curdate": today, "current_date": today, "utc_date": today,
	"date_add": add("+"), "adddate": add("+"), "date_sub": add("-"), "subdate": add("-"),
	"date": date, "timestamp": moment, "makedate": makeDate, "convert_tz": convertZone, "year": part("year"), "quarter": part("quarter"), "month": part("month"), "day": part("day"),
	"dayofmonth": part("day"), "dayofyear": part("doy"), "hour": part("hour"), "minute": part("minute"),
	"second": second, "weekday": weekday, "unix_timestamp": unixTime, "from_unixtime": fromUnix,
	"date_format": timed("mysql_date_format", 2), "str_to_date": renamed("mysql_str_to_date", 2, 2),
	"datediff": timed("mysql_datediff", 2), "timediff": timed("mysql_timediff", 2), "last_day": timed("mysql_last_day", 1),
	"dayofweek": timed("mysql_dayofweek", 1), "dayname": timed("mysql_dayname", 1), "monthname": timed("mysql_monthname", 1),
	"week": timed("mysql_week", 1), "weekofyear": part("week"), "yearweek": timed("mysql_yearweek", 1), "to_days": timed("mysql_to_days", 1),
}

// counted refuses a call whose number of arguments is out of bounds.
func (l *lowerer) counted(c *syntax.Call, i, least, most int) bool {
	if len(c.Args) >= least && len(c.Args) <= most {
		return true
	}
	l.fail(i, sqlerr.New(sqlerr.CodeUndefinedFunction, "%s does not take %d arguments", c.Name.Name, len(c.Args)))
	return false
}

// renamed gives a function its name in DDSQL.
func renamed(name string, least, most int) spelling {
	return func(l *lowerer, c *syntax.Call, i int) syntax.Expr {
		if l.counted(c, i, least, most) {
			c.Name.Name = name
		}
		return c
	}
}

// timed is renamed for functions of times: texts among the arguments are read as times, formats apart.
func timed(name string, n int) spelling {
	return func(l *lowerer, c *syntax.Call, i int) syntax.Expr {
		if l.counted(c, i, n, n) {
			c.Name.Name = name
			c.Args[0].Value = instant(c.Args[0].Value)
			if name == "mysql_datediff" || name == "mysql_timediff" {
				c.Args[1].Value = instant(c.Args[1].Value)
			}
		}
		return c
	}
}

func operator(sign string) spelling {
	return func(l *lowerer, c *syntax.Call, i int) syntax.Expr {
		if !l.counted(c, i, 2, 2) {
			return c
		}
		return &syntax.Op{Pos: c.Pos, Sign: sign, Left: c.Args[0].Value, Right: c.Args[1].Value}
	}
}

func isNull(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	return &syntax.Is{Pos: c.Pos, Arg: c.Args[0].Value, Test: syntax.IsNull}
}

// locate lowers LOCATE(part, text) to strpos(text, part).
func locate(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 2, 3) {
		return c
	}
	if len(c.Args) == 3 {
		c.Name.Name = "mysql_locate"
		return c
	}
	return call(c.Pos, "strpos", c.Args[1].Value, c.Args[0].Value)
}

func space(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	return call(c.Pos, "repeat", text(" "), c.Args[0].Value)
}

// jsonUnquote lowers JSON_UNQUOTE(JSON_EXTRACT(x, path)), which ->> is short for.
func jsonUnquote(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	if x, ok := c.Args[0].Value.(*syntax.Call); ok && x.Name.Name == "mysql_json_extract" {
		x.Name.Name = "mysql_json_value"
		return x
	}
	c.Name.Name = "mysql_json_unquote"
	return c
}

func now(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	// NOW(6) asks for the microseconds that we have anyway.
	if l.counted(c, i, 0, 1) {
		return call(c.Pos, "now")
	}
	return c
}

func today(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 0, 0) {
		return c
	}
	return call(c.Pos, "date_trunc", text("day"), call(c.Pos, "now"))
}

// date lowers DATE(t): midnight of its day.
func date(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	return call(c.Pos, "date_trunc", text("day"), instant(c.Args[0].Value))
}

// moment lowers TIMESTAMP(t), which reads a text as a time.
func moment(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	return cast(c.Pos, c.Args[0].Value, "timestamp")
}

// makeDate lowers MAKEDATE(year, day): New Year's Day and some days.
func makeDate(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 2, 2) {
		return c
	}
	year := cast(c.Pos, cast(c.Pos, c.Args[0].Value, "bigint"), "varchar")
	first := cast(c.Pos, &syntax.Op{Pos: c.Pos, Sign: "||", Left: year, Right: text("-01-01")}, "timestamp")
	days := &syntax.Op{Pos: c.Pos, Sign: "-", Left: c.Args[1].Value, Right: integer("1")}
	step := &syntax.Op{Pos: c.Pos, Sign: "*", Left: &syntax.TypedLiteral{Pos: c.Pos, Type: syntax.TypeName{Name: "interval", Pos: -1}, Text: "1 day"}, Right: days}
	return &syntax.Op{Pos: c.Pos, Sign: "+", Left: first, Right: step}
}

// utcNames are how clients call the one time zone that times here are in.
var utcNames = map[string]bool{"utc": true, "gmt": true, "+00:00": true, "etc/utc": true, "system": true}

// convertZone lowers CONVERT_TZ(t, 'UTC', zone). Times are in UTC, so that nothing else can be converted from.
func convertZone(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 3, 3) {
		return c
	}
	from, ok := c.Args[1].Value.(*syntax.Literal)
	if !ok || from.Kind != syntax.StringLit || !utcNames[strings.ToLower(from.Text)] {
		l.refuse(i, "CONVERT_TZ from another time zone than UTC")
		return c
	}
	t := instant(c.Args[0].Value)
	if to, ok := c.Args[2].Value.(*syntax.Literal); ok && utcNames[strings.ToLower(to.Text)] {
		return cast(c.Pos, t, "timestamp")
	}
	return &syntax.AtTimeZone{Pos: c.Pos, Arg: t, Zone: c.Args[2].Value}
}

// add lowers DATE_ADD(t, INTERVAL n unit), and ADDDATE(t, days).
func add(sign string) spelling {
	return func(l *lowerer, c *syntax.Call, i int) syntax.Expr {
		if !l.counted(c, i, 2, 2) {
			return c
		}
		step := c.Args[1].Value
		if op, ok := step.(*syntax.Op); !ok || op.Sign != "*" {
			day := &syntax.TypedLiteral{Pos: c.Pos, Type: syntax.TypeName{Name: "interval", Pos: -1}, Text: "1 day"}
			step = &syntax.Op{Pos: c.Pos, Sign: "*", Left: day, Right: step}
		}
		return &syntax.Op{Pos: c.Pos, Sign: sign, Left: instant(c.Args[0].Value), Right: step}
	}
}

// part lowers YEAR(t) and its like.
func part(field string) spelling {
	return func(l *lowerer, c *syntax.Call, i int) syntax.Expr {
		if !l.counted(c, i, 1, 1) {
			return c
		}
		return &syntax.Extract{Pos: c.Pos, Field: field, Arg: instant(c.Args[0].Value)}
	}
}

// second lowers SECOND(t), which has no fraction in MySQL.
func second(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	return call(c.Pos, "floor", &syntax.Extract{Pos: c.Pos, Field: "second", Arg: instant(c.Args[0].Value)})
}

// weekday lowers WEEKDAY(t): Monday is 0, and 1 in DDSQL, whose dow ends with Sunday as 7.
func weekday(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 1) {
		return c
	}
	dow := &syntax.Extract{Pos: c.Pos, Field: "dow", Arg: instant(c.Args[0].Value)}
	return &syntax.Op{Pos: c.Pos, Sign: "-", Left: dow, Right: integer("1")}
}

// unixTime lowers UNIX_TIMESTAMP(t) to whole seconds since 1970.
func unixTime(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 0, 1) {
		return c
	}
	var t syntax.Expr = call(c.Pos, "now")
	if len(c.Args) == 1 {
		t = instant(c.Args[0].Value)
	}
	return cast(c.Pos, call(c.Pos, "floor", &syntax.Extract{Pos: c.Pos, Field: "epoch", Arg: t}), "bigint")
}

// fromUnix lowers FROM_UNIXTIME(seconds [, format]).
func fromUnix(l *lowerer, c *syntax.Call, i int) syntax.Expr {
	if !l.counted(c, i, 1, 2) {
		return c
	}
	t := call(c.Pos, "to_timestamp", c.Args[0].Value)
	if len(c.Args) == 1 {
		return t
	}
	return call(c.Pos, "mysql_date_format", t, c.Args[1].Value)
}
