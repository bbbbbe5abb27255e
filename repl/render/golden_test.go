package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/credsql/credsql/engine/column"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden runs each testdata file: the section "input" holds columns and rows as JSON, every other section is named for a
// format and its options and holds the output. Control characters stand as control pictures (␛), bytes above as ⟦9b⟧.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			t.Parallel()
			runGolden(t, path)
		})
	}
}

func runGolden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := parseInput(t, archive.Files[0].Data)
	for i := range archive.Files[1:] {
		f := &archive.Files[i+1]
		got := picture(in.render(t, f.Name, asItIs))
		for form, store := range map[string]storage{"dictionary-coded": inDictionary, "made": madeAnew} {
			if other := picture(in.render(t, f.Name, store)); !bytes.Equal(got, other) {
				t.Errorf("%s: differs for %s columns:\n%s", f.Name, form, other)
			}
		}
		if *update {
			f.Data = got
		} else if !bytes.Equal(got, f.Data) {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// input is a result set: Columns are name and type, Rows values as JSON writes them.
type input struct {
	Columns [][2]string
	Rows    [][]any
	cols    []Column
}

func parseInput(t *testing.T, data []byte) *input {
	t.Helper()
	in := &input{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(in); err != nil {
		t.Fatal(err)
	}
	for _, c := range in.Columns {
		in.cols = append(in.cols, Column{Name: c[0], Type: parseType(t, c[1])})
	}
	return in
}

func parseType(t *testing.T, s string) column.Type {
	t.Helper()
	name, list := strings.CutSuffix(s, "[]")
	for k := column.KindUnknown; k < column.KindList; k++ {
		if typ := (column.Type{Kind: k}); typ.String() == name {
			if list {
				return column.ListOf(typ)
			}
			return typ
		}
	}
	t.Fatalf("unknown type %s", s)
	return column.Type{}
}

// render writes the rows in batches of two.
func (in *input) render(t *testing.T, spec string, store storage) []byte {
	t.Helper()
	var out bytes.Buffer
	w := newWriter(t, &out, spec)
	if err := w.Begin(in.cols); err != nil {
		t.Fatal(err)
	}
	for from := 0; from < len(in.Rows); from += 2 {
		if err := w.Write(in.batch(t, in.Rows[from:min(from+2, len(in.Rows))], store)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// newWriter reads a section's name: "table width=40 color".
func newWriter(t *testing.T, out *bytes.Buffer, spec string) Writer {
	t.Helper()
	words := strings.Fields(spec)
	var opts Options
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		n, _ := strconv.Atoi(value)
		switch key {
		case "width":
			opts.Width = n
		case "rows":
			opts.MaxRows = n
		case "color":
			opts.Color = true
		case "terminal":
			opts.Terminal = true
		case "excel":
			opts.ExcelGuard = true
		default:
			t.Fatalf("unknown option %s", word)
		}
	}
	f, err := ParseFormat(words[0])
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(out, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// storage is a way to hold a text column.
type storage func(*column.Vector) column.Strings

func asItIs(v *column.Vector) column.Strings { return v.Texts }

func inDictionary(v *column.Vector) column.Strings {
	coded := &column.Coded{Dict: column.NewDict()}
	for i := range v.N {
		coded.Codes = append(coded.Codes, coded.Dict.Code([]byte(v.Text(i))))
	}
	return coded
}

// made are texts that are put together when they are asked for.
type made struct{ column.Strings }

func (m made) At(int) string { panic("a text was made for nothing") }

func (m made) AppendText(dst []byte, i int) []byte { return append(dst, m.Strings.At(i)...) }

func madeAnew(v *column.Vector) column.Strings { return made{v.Texts} }

func (in *input) batch(t *testing.T, rows [][]any, store storage) *column.Batch {
	t.Helper()
	b := &column.Batch{N: len(rows)}
	for j, c := range in.cols {
		build := column.NewBuilder(c.Type, len(rows))
		for _, row := range rows {
			build.Append(parseValue(t, c.Type, row[j]))
		}
		v := build.Vector()
		if c.Type == column.Text {
			v.Texts = store(v)
		}
		b.Cols = append(b.Cols, v)
	}
	return b
}

func parseValue(t *testing.T, typ column.Type, x any) column.Value {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if x == nil {
		return nil
	}
	switch typ.Kind {
	case column.KindInt64:
		n, err := x.(json.Number).Int64()
		must(err)
		return n
	case column.KindFloat64:
		f, err := strconv.ParseFloat(fmt.Sprint(x), 64)
		must(err)
		return f
	case column.KindTimestamp:
		ts, err := time.Parse(time.RFC3339Nano, x.(string))
		must(err)
		return column.Timestamp(ts.UnixMicro())
	case column.KindInterval:
		d, err := time.ParseDuration(x.(string))
		must(err)
		return column.Interval{Days: int32(d / (24 * time.Hour)), Micros: int64(d % (24 * time.Hour) / time.Microsecond)}
	case column.KindJSON:
		return column.JSONText(x.(string))
	case column.KindInet:
		p, err := netip.ParsePrefix(x.(string))
		must(err)
		return p
	case column.KindHStore:
		var pairs []column.Pair
		for k, v := range x.(map[string]any) {
			s, ok := v.(string)
			pairs = append(pairs, column.Pair{Key: k, Value: s, Null: !ok})
		}
		return column.NewHStore(pairs)
	case column.KindList:
		l := &column.List{Elem: typ.ElemType()}
		for _, item := range x.([]any) {
			l.Items = append(l.Items, parseValue(t, typ.ElemType(), item))
		}
		return l
	default:
		return x
	}
}

// picture makes raw control characters visible, so that a golden file tells them from escapes and is text itself.
func picture(b []byte) []byte {
	var out strings.Builder
	for _, r := range string(b) {
		switch {
		case r < 0x20 && r != '\n':
			out.WriteRune('␀' + r)
		case r >= 0x7f && r < 0xa0, r >= 0x2028 && r <= 0x202e:
			fmt.Fprintf(&out, "⟦%x⟧", r)
		default:
			out.WriteRune(r)
		}
	}
	return []byte(out.String())
}
