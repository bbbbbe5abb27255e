package funcs

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// jsonFunctions read JSON documents with PostgreSQL's rules (manual section 9.16). Where the DDSQL reference declares a text argument, VARCHAR
// is accepted beside JSON. Values are handed on as they were written: 1.50 stays 1.50.
func jsonFunctions() []*Function {
	s := section{"JSON"}
	op := func(sign, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(Operator, "PostgreSQL", sign, doc, examples, overloads)
	}
	return []*Function{
		s.documented("json_extract_path_text", "The text at a path of keys and array places (from 0, negative from the end) in a JSON document; NULL when there is nothing or JSON null.",
			shows(`SELECT json_extract_path_text('{"a": {"b": "x"}}', 'a', 'b')`, "x"), extractPath(column.JSON, true), extractPath(column.Text, true)),
		s.documented("json_extract_path", "The JSON at a path of keys and array places in a JSON document; NULL when there is nothing.",
			shows(`SELECT json_extract_path('{"a": {"b": "x"}}', 'a', 'b')`, `"x"`), extractPath(column.JSON, false), extractPath(column.Text, false)),
		s.beyond("json_typeof", "The type of a JSON value: object, array, string, number, boolean or null.",
			shows(`SELECT json_typeof('[1]')`, "array"), strict1("json", jsonTypeof)),
		s.beyond("json_array_length", "How many elements a JSON array has.",
			shows(`SELECT json_array_length('[1, 2]')`, "2"), strict1("json", jsonArrayLength)),
		op("->", "The JSON under a key, or at a place (from 0, negative from the end); NULL when there is nothing.",
			shows(`SELECT '{"a": [1]}'::json -> 'a'`, "[1]"),
			maybe2("json, key", func(_ *Ctx, d column.JSONText, key string) (column.JSONText, bool, error) {
				return jsonAt(d, byKey(key))
			}),
			maybe2("json, place", func(_ *Ctx, d column.JSONText, i int64) (column.JSONText, bool, error) { return jsonAt(d, byPlace(i)) })),
		op("->>", "The text under a key, or at a place; NULL when there is nothing or JSON null.",
			shows(`SELECT '{"a": "x"}'::json ->> 'a'`, "x"),
			maybe2("json, key", func(_ *Ctx, d column.JSONText, key string) (string, bool, error) { return textAt(d, byKey(key)) }),
			maybe2("json, place", func(_ *Ctx, d column.JSONText, i int64) (string, bool, error) { return textAt(d, byPlace(i)) })),
		op("#>", "The JSON at a path given as an array of keys and places.",
			shows(`SELECT '{"a": [1]}'::json #> ARRAY['a', '0']`, "1"),
			maybe2("json, path", func(_ *Ctx, d column.JSONText, p *column.List) (column.JSONText, bool, error) {
				return jsonAt(d, byPath(p))
			}).takes(column.JSON, textList)),
		op("#>>", "The text at a path given as an array of keys and places.",
			shows(`SELECT '{"a": ["x"]}'::json #>> ARRAY['a', '0']`, "x"),
			maybe2("json, path", func(_ *Ctx, d column.JSONText, p *column.List) (string, bool, error) { return textAt(d, byPath(p)) }).takes(column.JSON, textList)),
	}
}

// document is a JSON argument, which may have come as text.
func document(v column.Value) ([]byte, error) {
	switch x := v.(type) {
	case column.JSONText:
		return []byte(x), nil
	case string:
		doc, err := sqltype.ParseJSON(x)
		return []byte(doc), err
	}
	return nil, sqlerr.Internal(nil)
}

// step goes one level down; ok is false when there is nothing.
type step func(doc []byte) (below []byte, ok bool, err error)

func byKey(key string) step {
	return func(doc []byte) ([]byte, bool, error) {
		if kindOf(doc) != '{' {
			return nil, false, nil
		}
		members, err := objectOf(doc)
		raw, ok := members[key]
		return raw, ok, err
	}
}

func byPlace(i int64) step {
	return func(doc []byte) ([]byte, bool, error) {
		if kindOf(doc) != '[' {
			return nil, false, nil
		}
		items, err := arrayItems(doc, "")
		if i < 0 {
			i += int64(len(items))
		}
		if err != nil || i < 0 || i >= int64(len(items)) {
			return nil, false, err
		}
		return items[i], true, nil
	}
}

// byEither is one element of a path: a place if the document is an array, and a key if it is an object.
func byEither(element string) step {
	return func(doc []byte) ([]byte, bool, error) {
		if kindOf(doc) != '[' {
			return byKey(element)(doc)
		}
		i, err := strconv.ParseInt(strings.TrimLeft(element, " \t\n\v\f\r"), 10, 32) // as C's strtol, which PostgreSQL reads it with
		if err != nil {
			return nil, false, nil
		}
		return byPlace(i)(doc)
	}
}

// byPath follows an array of elements; a NULL among them leads nowhere.
func byPath(path *column.List) step {
	return func(doc []byte) ([]byte, bool, error) {
		for _, e := range path.Items {
			element, ok := e.(string)
			if !ok {
				return nil, false, nil
			}
			var err error
			if doc, ok, err = byEither(element)(doc); !ok || err != nil {
				return nil, false, err
			}
		}
		return doc, true, nil
	}
}

func jsonAt(doc column.JSONText, s step) (column.JSONText, bool, error) {
	raw, ok, err := s([]byte(doc))
	return column.JSONText(bytes.TrimSpace(raw)), ok, err
}

func textAt(doc column.JSONText, s step) (string, bool, error) {
	raw, ok, err := s([]byte(doc))
	if !ok || err != nil {
		return "", false, err
	}
	return plainText(raw)
}

// plainText is a value as ->> gives it: a string without its quotes, anything else as written; ok is false for null.
func plainText(raw []byte) (string, bool, error) {
	raw = bytes.TrimSpace(raw)
	if kindOf(raw) == 'n' {
		return "", false, nil
	}
	if kindOf(raw) != '"' {
		return string(raw), true, nil
	}
	if bytes.Contains(raw, []byte(`\u0000`)) {
		return "", false, sqlerr.New(sqlerr.CodeUntranslatable, "unsupported Unicode escape sequence").WithDetail(`\u0000 cannot be converted to text.`)
	}
	if !pairedSurrogates(raw) {
		return "", false, sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type json").
			WithDetail("Unicode high surrogate must not follow a high surrogate, and a low surrogate must follow one.")
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", false, sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type json").WithDetail(err.Error())
	}
	return s, true, nil
}

// pairedSurrogates says whether each \ud83d of a JSON string is followed by its other half, and each other half follows one. The
// standard library would put U+FFFD in the place of a lone one.
func pairedSurrogates(raw []byte) bool {
	high := false
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			if high {
				return false
			}
			continue
		}
		if i++; raw[i] != 'u' || i+4 >= len(raw) {
			if high {
				return false
			}
			continue
		}
		unit, err := strconv.ParseUint(string(raw[i+1:i+5]), 16, 16)
		i += 4
		low := err == nil && unit >= 0xDC00 && unit <= 0xDFFF
		if low != high {
			return false
		}
		high = err == nil && unit >= 0xD800 && unit <= 0xDBFF
	}
	return !high
}

// member is a value below a document, as text or as JSON.
func member(raw []byte, asText bool) (column.Value, error) {
	if !asText {
		return column.JSONText(bytes.TrimSpace(raw)), nil
	}
	s, ok, err := plainText(raw)
	if !ok || err != nil {
		return nil, err
	}
	return s, nil
}

// kindOf is the first character of a document, which tells its type: { [ " t f n or that of a number.
func kindOf(doc []byte) byte {
	doc = bytes.TrimLeft(doc, " \t\r\n")
	if len(doc) == 0 {
		return 0
	}
	return doc[0]
}

func objectOf(doc []byte) (map[string]json.RawMessage, error) {
	var out map[string]json.RawMessage
	if err := json.Unmarshal(doc, &out); err != nil {
		return nil, malformed(err)
	}
	return out, nil
}

// arrayItems cuts an array into its elements; what is no array cannot be done what is said.
func arrayItems(doc []byte, doing string) ([]json.RawMessage, error) {
	switch kindOf(doc) {
	case '[':
	case '{':
		return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "cannot %s a non-array", doing)
	default:
		return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "cannot %s a scalar", doing)
	}
	var out []json.RawMessage
	if err := json.Unmarshal(doc, &out); err != nil {
		return nil, malformed(err)
	}
	return out, nil
}

func malformed(err error) error {
	return sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type json").WithDetail(err.Error())
}

// eachMember walks an object's members in the order in which they are written.
func eachMember(v column.Value, ofArray, ofScalar string, f func(key string, raw []byte) error) error {
	doc, err := document(v)
	if err != nil {
		return err
	}
	switch kindOf(doc) {
	case '{':
	case '[':
		return sqlerr.New(sqlerr.CodeInvalidParameter, "%s", ofArray)
	default:
		return sqlerr.New(sqlerr.CodeInvalidParameter, "%s", ofScalar)
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	if _, err := dec.Token(); err != nil {
		return malformed(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return malformed(err)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return malformed(err)
		}
		if err := f(key.(string), raw); err != nil {
			return err
		}
	}
	return nil
}

// extractPath is a function of a document and a path of any length.
func extractPath(in column.Type, asText bool) *Overload {
	ret := column.JSON
	if asText {
		ret = column.Text
	}
	o := overload("json, path", ret, in, column.Text)
	o.Variadic = true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		doc, err := document(args[0])
		if err != nil {
			return nil, err
		}
		for _, a := range args[1:] {
			below, ok, err := byEither(a.(string))(doc)
			if !ok || err != nil {
				return nil, err
			}
			doc = below
		}
		return member(doc, asText)
	}
	return o
}

func jsonTypeof(_ *Ctx, doc column.JSONText) (string, error) {
	switch kindOf([]byte(doc)) {
	case '{':
		return "object", nil
	case '[':
		return "array", nil
	case '"':
		return "string", nil
	case 't', 'f':
		return "boolean", nil
	case 'n':
		return "null", nil
	}
	return "number", nil
}

func jsonArrayLength(_ *Ctx, doc column.JSONText) (int64, error) {
	items, err := arrayItems([]byte(doc), "get array length of")
	return int64(len(items)), err
}
