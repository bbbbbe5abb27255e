package funcs

import (
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// TestMySQL holds the examples of MySQL 8's manual. A text argument that a parameter does not take is read as its type.
func TestMySQL(t *testing.T) {
	t.Parallel()
	r := New()
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"mysql_date_format", []string{"2009-10-04 22:23:00", "%W %M %Y"}, "Sunday October 2009"},
		{"mysql_date_format", []string{"2007-10-04 22:23:00", "%H:%i:%s"}, "22:23:00"},
		{"mysql_date_format", []string{"1900-10-04 22:23:00", "%D %y %a %d %m %b %j"}, "4th 00 Thu 04 10 Oct 277"},
		{"mysql_date_format", []string{"1997-10-04 22:23:00", "%H %k %I %r %T %S %w"}, "22 22 10 10:23:00 PM 22:23:00 00 6"},
		{"mysql_date_format", []string{"1999-01-01", "%X %V"}, "1998 52"},
		{"mysql_date_format", []string{"2000-01-01", "%U %u %V %v %X %x"}, "00 00 52 52 1999 1999"},
		{"mysql_date_format", []string{"2008-12-31", "%u"}, "53"},
		{"mysql_date_format", []string{"2008-02-20", "%U %u"}, "07 08"},
		{"mysql_date_format", []string{"2025-01-01 00:30:00.5", "%l:%i %p %f %c %e 100%% %q %"}, "12:30 AM 500000 1 1 100% q "},
		{"mysql_str_to_date", []string{"01,5,2013", "%d,%m,%Y"}, "2013-05-01 00:00:00"},
		{"mysql_str_to_date", []string{"May 1, 2013", "%M %d,%Y"}, "2013-05-01 00:00:00"},
		{"mysql_str_to_date", []string{"2025-03-04 04:05:06.7 pm", "%Y-%m-%d %h:%i:%s.%f %p"}, "2025-03-04 16:05:06.7"},
		{"mysql_str_to_date", []string{"Tue 4 Mar 25 16:05:06", "%a %e %b %y %T"}, "2025-03-04 16:05:06"},
		{"mysql_str_to_date", []string{"09:30:17", "%h:%i:%s"}, "NULL"},
		{"mysql_str_to_date", []string{"04/31/2004", "%m/%d/%Y"}, "NULL"},
		{"mysql_str_to_date", []string{"none", "%Y-%m-%d"}, "NULL"},
		{"mysql_str_to_date", []string{"2025 10", "%Y %U"}, "STR_TO_DATE with %U is not supported"},
		{"mysql_timestampdiff", []string{"MONTH", "2003-02-01", "2003-05-01"}, "3"},
		{"mysql_timestampdiff", []string{"YEAR", "2002-05-01", "2001-01-01"}, "-1"},
		{"mysql_timestampdiff", []string{"MINUTE", "2003-02-01", "2003-05-01 12:05:55"}, "128885"},
		{"mysql_timestampdiff", []string{"MONTH", "2003-01-31", "2003-02-28"}, "0"},
		{"mysql_timestampdiff", []string{"FORTNIGHT", "2003-01-31", "2003-02-28"}, "interval unit FORTNIGHT is not supported"},
		{"mysql_datediff", []string{"2007-12-31 23:59:59", "2007-12-30"}, "1"},
		{"mysql_datediff", []string{"2010-11-30 23:59:59", "2010-12-31"}, "-31"},
		{"mysql_dayname", []string{"2007-02-03"}, "Saturday"},
		{"mysql_dayofweek", []string{"2007-02-03"}, "7"},
		{"mysql_week", []string{"2008-02-20"}, "7"},
		{"mysql_yearweek", []string{"1987-01-01"}, "198652"},
		{"mysql_to_days", []string{"2007-10-07"}, "733321"},
		{"mysql_timediff", []string{"2000-01-01 00:00:00", "2000-01-01 00:00:00.000001"}, "-00:00:00.000001"},
		{"mysql_int_div", []string{"5", "2"}, "2"},
		{"mysql_int_div", []string{"-5", "2"}, "-2"},
		{"mysql_locate", []string{"bar", "foobarbar", "5"}, "7"},
		{"mysql_locate", []string{"x", "foobar", "9"}, "0"},
		{"mysql_field", []string{"Bb", "Aa", "Bb", "Cc"}, "2"},
		{"mysql_elt", []string{"1", "Aa", "Bb"}, "Aa"},
		{"mysql_elt", []string{"3", "Aa", "Bb"}, "NULL"},
		{"mysql_json_unquote", []string{`"abc"`}, "abc"},
		{"mysql_monthname", []string{"2008-02-03"}, "February"},
		{"mysql_last_day", []string{"2004-02-05 10:00:00"}, "2004-02-29 00:00:00"},
		{"mysql_substring_index", []string{"www.mysql.com", ".", "2"}, "www.mysql"},
		{"mysql_substring_index", []string{"www.mysql.com", ".", "-2"}, "mysql.com"},
		{"mysql_substring_index", []string{"www.mysql.com", ".", "9"}, "www.mysql.com"},
		{"mysql_substring_index", []string{"www.mysql.com", ".", "0"}, ""},
		{"mysql_find_in_set", []string{"b", "a,b,c,d"}, "2"},
		{"mysql_find_in_set", []string{"x", "a,b"}, "0"},
		{"mysql_json_extract", []string{`{"a": {"b c": [1, "x"]}}`, `$.a."b c"[1]`}, `"x"`},
		{"mysql_json_value", []string{`{"a": {"b c": [1, "x"]}}`, `$.a."b c"[1]`}, "x"},
		{"mysql_json_extract", []string{`{"a": 1}`, `$.b`}, "NULL"},
		{"mysql_json_extract", []string{`5`, `$[0]`}, "5"},
		{"mysql_json_extract", []string{`{"a": 1}`, `$`}, `{"a": 1}`},
		{"mysql_json_extract", []string{`{"a": 1}`, `$.*`}, `invalid JSON path expression "$.*"`},
		{"mysql_json_extract", []string{`{"a": 1}`, `a`}, `invalid JSON path expression "a"`},
		{"mysql_json_extract", []string{`[1]`, `$[last]`}, `invalid JSON path expression "$[last]"`},
	} {
		o := r.Lookup(c.name).Overloads[0]
		if got := called(o, c.args); got != c.want {
			t.Errorf("%s%q: %s, want %s", c.name, c.args, got, c.want)
		}
	}
}

func called(o *Overload, texts []string) string {
	args := make([]column.Value, len(texts))
	for i, text := range texts {
		typ := column.Text
		if i < len(o.Params) && o.Params[i].Any == Exact {
			typ = o.Params[i].Type
		}
		v, err := sqltype.Parse(text, typ)
		if err != nil {
			return err.Error()
		}
		args[i] = v
	}
	v, err := o.Row(&Ctx{}, args)
	if err != nil {
		return err.Error()
	}
	return textOf(v)
}
