package clients

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// expected is what credsql query gives for a statement.
type expected struct {
	columns []string
	rows    [][]any // as encoding/json has them, numbers as json.Number
	err     string
}

// expect asks credsql query, once for each statement.
func (s *servers) expect(demo bool, sql string) expected {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := fmt.Sprint(demo, sql)
	if e, ok := s.expected[key]; ok {
		return e
	}
	source := []string{"--report", filepath.Join(root, "examples", "reports")}
	if demo {
		source = []string{"--demo"}
	}
	cmd := exec.Command(s.binary, append(source, "query", "--quiet", "--at", at, "-o", "json", sql)...)
	cmd.Env = []string{"HOME=" + filepath.Dir(s.binary)}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	e := expected{}
	if err := cmd.Run(); err != nil {
		e.err = said.String()
	} else if err := e.read(out.Bytes()); err != nil {
		e.err = fmt.Sprintf("%v in %s", err, out.Bytes())
	}
	s.expected[key] = e
	return e
}

// read takes an array of objects apart. A map would lose the order of the columns.
func (e *expected) read(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if _, err := d.Token(); err != nil { // [
		return err
	}
	for d.More() {
		if _, err := d.Token(); err != nil { // {
			return err
		}
		var names []string
		var row []any
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return err
			}
			var v any
			if err := d.Decode(&v); err != nil {
				return err
			}
			names, row = append(names, fmt.Sprint(name)), append(row, v)
		}
		if _, err := d.Token(); err != nil { // }
			return err
		}
		e.columns, e.rows = names, append(e.rows, row)
	}
	return nil
}

var instant = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?Z?$`)

// moment writes an instant with all its digits; ok is false if the text is none.
func moment(text string) (string, bool) {
	m := instant.FindStringSubmatch(text)
	if m == nil {
		return text, false
	}
	fraction := strings.TrimPrefix(m[3], ".")
	return m[1] + " " + m[2] + "." + (fraction + "000000")[:6], true
}

// normal is a JSON value as text that is the same for the same value.
func normal(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case bool:
		if v {
			return "1"
		}
		return "0"
	case json.Number:
		return number(string(v))
	case string:
		text, _ := moment(v)
		return text
	}
	text, _ := json.Marshal(v) // keys sorted
	return string(text)
}

// number is a number without what is only its spelling.
func number(text string) string {
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// same says whether a cell is the value that is expected.
func same(cell [2]string, want any) bool {
	kind, text := cell[0], cell[1]
	switch want := want.(type) {
	case nil:
		return kind == "null"
	case map[string]any, []any:
		var v any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		return (kind == "json" || kind == "text" || kind == "bytes") && d.Decode(&v) == nil && normal(v) == normal(want)
	case string:
		return sameText(kind, text, want)
	case bool:
		return kind != "null" && (text == strconv.FormatBool(want) || text == normal(want))
	}
	return kind != "null" && number(text) == normal(want)
}

func sameText(kind, text, want string) bool {
	at, isMoment := moment(want)
	switch {
	case kind == "null":
		return false
	case !isMoment:
		return text == want
	case kind == "milliseconds": // all that JavaScript's Date has room for
		got, _ := moment(text)
		return got[:len(got)-3] == at[:len(at)-3]
	}
	got, _ := moment(text)
	return got == at
}

// difference says in what a result is not the one expected; empty if it is.
func (e *expected) difference(o outcome) string {
	switch {
	case o.Error != nil && e.err != "":
		return ""
	case o.Error != nil:
		return fmt.Sprintf("error %d: %s", o.Error.Code, o.Error.Message)
	case e.err != "":
		return "an answer, where credsql query says " + e.err
	case len(o.Rows) != len(e.rows):
		return fmt.Sprintf("%d rows, not %d", len(o.Rows), len(e.rows))
	}
	for i, row := range e.rows {
		if len(o.Rows[i]) != len(row) {
			return fmt.Sprintf("%d columns, not %d", len(o.Rows[i]), len(row))
		}
		for j, want := range row {
			if e.columns[j] != o.Columns[j] {
				return fmt.Sprintf("column %d is %s, not %s", j+1, o.Columns[j], e.columns[j])
			}
			if !same(o.Rows[i][j], want) {
				return fmt.Sprintf("row %d, %s: %q, not %v", i+1, e.columns[j], o.Rows[i][j], want)
			}
		}
	}
	return ""
}
