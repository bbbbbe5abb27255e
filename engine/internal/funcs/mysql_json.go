package funcs

import (
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// mysqlJSON are column->path and column->>path with MySQL's paths: $.key, $."a key", $[0]. Wildcards and ranges are refused.
func mysqlJSON(entry func(name, doc string, overloads ...*Overload) *Function) []*Function {
	return []*Function{
		entry("mysql_json_extract", "JSON_EXTRACT and ->: the value at a path of a document, or of tags; NULL if there is none.",
			maybe2("json, path", mysqlJSONAt), maybe2("text, path", mysqlTextJSONAt), maybe2("tags, path", mysqlTagJSONAt)),
		entry("mysql_json_value", "->>: the value at a path as text, a string without its quotes; NULL if there is none.",
			maybe2("json, path", mysqlTextAt), maybe2("text, path", mysqlTextTextAt), maybe2("tags, path", mysqlTagTextAt)),
		entry("mysql_json_unquote", "JSON_UNQUOTE: a JSON string without its quotes.",
			maybe1("json", func(_ *Ctx, doc column.JSONText) (string, bool, error) { return plainText([]byte(doc)) })),
	}
}

func mysqlJSONAt(_ *Ctx, doc column.JSONText, path string) (column.JSONText, bool, error) {
	s, err := mysqlPath(path)
	if err != nil {
		return "", false, err
	}
	return jsonAt(doc, s)
}

func mysqlTextAt(_ *Ctx, doc column.JSONText, path string) (string, bool, error) {
	s, err := mysqlPath(path)
	if err != nil {
		return "", false, err
	}
	return textAt(doc, s)
}

func mysqlTextJSONAt(c *Ctx, text, path string) (column.JSONText, bool, error) {
	doc, err := sqltype.ParseJSON(text)
	if err != nil {
		return "", false, err
	}
	return mysqlJSONAt(c, doc, path)
}

func mysqlTextTextAt(c *Ctx, text, path string) (string, bool, error) {
	doc, err := sqltype.ParseJSON(text)
	if err != nil {
		return "", false, err
	}
	return mysqlTextAt(c, doc, path)
}

// Clients see tags as a JSON object, so that is how paths go into them.
func mysqlTagJSONAt(c *Ctx, tags *column.HStore, path string) (column.JSONText, bool, error) {
	return mysqlJSONAt(c, column.JSONText(appendJSON(nil, tags)), path)
}

func mysqlTagTextAt(c *Ctx, tags *column.HStore, path string) (string, bool, error) {
	return mysqlTextAt(c, column.JSONText(appendJSON(nil, tags)), path)
}

// mysqlPath reads a path; its steps follow each other.
func mysqlPath(path string) (step, error) {
	bad := sqlerr.New(sqlerr.CodeInvalidParameter, "invalid JSON path expression \"%s\"", path).
		WithHint("A path is $ followed by .key, .\"any key\" and [number].")
	rest, ok := strings.CutPrefix(strings.TrimSpace(path), "$")
	if !ok {
		return nil, bad
	}
	var steps []step
	for rest != "" {
		var s step
		if s, rest, ok = mysqlLeg(rest); !ok {
			return nil, bad
		}
		steps = append(steps, s)
	}
	return func(doc []byte) ([]byte, bool, error) {
		for _, s := range steps {
			below, ok, err := s(doc)
			if !ok || err != nil {
				return nil, false, err
			}
			doc = below
		}
		return doc, true, nil
	}, nil
}

// mysqlLeg reads one step of a path.
func mysqlLeg(path string) (s step, rest string, ok bool) {
	switch {
	case strings.HasPrefix(path, "["):
		digits, rest, found := strings.Cut(path[1:], "]")
		i, err := strconv.ParseUint(digits, 10, 31)
		return mysqlPlace(int64(i)), rest, found && err == nil
	case strings.HasPrefix(path, `."`):
		key, rest, found := strings.Cut(path[2:], `"`)
		return byKey(key), rest, found && !strings.Contains(key, `\`)
	case strings.HasPrefix(path, "."):
		end := strings.IndexAny(path[1:], ".[")
		if end < 0 {
			end = len(path) - 1
		}
		key := path[1 : end+1]
		return byKey(key), path[end+1:], key != "" && !strings.ContainsAny(key, "* \"")
	default:
		return nil, "", false
	}
}

// mysqlPlace takes a value that is no array for an array of it alone, as MySQL does.
func mysqlPlace(i int64) step {
	return func(doc []byte) ([]byte, bool, error) {
		if kindOf(doc) != '[' {
			return doc, i == 0, nil
		}
		return byPlace(i)(doc)
	}
}
