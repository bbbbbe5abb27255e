package sqlgen

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/memory"
)

// sparse is the table most of whose values are NULL.
const sparse = "t5"

// layouts are the tables that queries are made over: name, number of rows, and columns.
var layouts = []struct {
	name    string
	rows    int
	columns string
}{
	{"t1", 9, "id bigint, a bigint, b bigint, s varchar, v varchar, f boolean, x decimal, d timestamp, sp interval"},
	{"t2", 13, "id bigint, a bigint, s varchar, g boolean, ip inet, j json, h hstore, sa varchar[], na bigint[]"},
	{"t3", 0, "id bigint, a bigint, s varchar, y decimal"},
	{"t4", 150, "id bigint, a bigint, k varchar, s varchar, x decimal, d timestamp"},
	{"t5", 11, "id bigint, a bigint, s varchar, f boolean, x decimal, d timestamp, ip inet, na bigint[]"},
}

// Tables are tables of small random values with many repeats and NULLs. chunk is how many rows a batch has; texts are dictionary-coded in every
// other column. The rows follow from the seed alone, not from chunk.
func Tables(seed uint64, chunk int) ([]*memory.Table, error) {
	rng := rand.New(rand.NewPCG(seed, 77))
	var out []*memory.Table
	for _, l := range layouts {
		t := &memory.Table{Def: &tables.Def{Name: l.name, AccountColumn: -1}}
		for _, c := range strings.Split(l.columns, ", ") {
			name, typ, _ := strings.Cut(c, " ")
			base, array := strings.CutSuffix(typ, "[]")
			ct, err := sqltype.FromName(base, nil, array)
			if err != nil {
				return nil, err
			}
			t.Def.Columns = append(t.Def.Columns, tables.Column{Name: name, Type: ct})
		}
		if err := fill(t, rng, l.rows, chunk); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func fill(t *memory.Table, rng *rand.Rand, rows, chunk int) error {
	dict := column.NewDict()
	for from := 0; from < rows; from += chunk {
		n := min(chunk, rows-from)
		b := &column.Batch{N: n, Cols: make([]*column.Vector, len(t.Def.Columns))}
		values := make([][]column.Value, len(t.Def.Columns))
		for i := range n {
			for c, col := range t.Def.Columns {
				v, err := cell(rng, col, from+i, t.Def.Name == sparse)
				if err != nil {
					return fmt.Errorf("%s: %w", col.Name, err)
				}
				values[c] = append(values[c], v)
			}
		}
		for c, col := range t.Def.Columns {
			b.Cols[c] = vector(col.Type, values[c], dict, c%2 == 1)
		}
		t.Batches = append(t.Batches, b)
	}
	return nil
}

// cell is a column's value in one row. The first column counts.
func cell(rng *rand.Rand, c tables.Column, row int, sparse bool) (column.Value, error) {
	if c.Name == "id" {
		return int64(row), nil
	}
	if rng.IntN(6) == 0 || sparse && rng.IntN(4) > 0 {
		return nil, nil
	}
	texts := pools[c.Type.Kind]
	if c.Type.IsList() {
		texts = elements[c.Type.Elem]
	}
	return sqltype.Parse(texts[rng.IntN(len(texts))], c.Type)
}

func vector(t column.Type, values []column.Value, dict *column.Dict, coded bool) *column.Vector {
	b := column.NewBuilder(t, len(values))
	for _, v := range values {
		b.Append(v)
	}
	out := b.Vector()
	if t == column.Text && coded {
		codes := make([]uint32, len(values))
		for i, v := range values {
			if v != nil {
				codes[i] = dict.Code([]byte(v.(string)))
			}
		}
		out.Texts = &column.Coded{Dict: dict, Codes: codes}
	}
	return out
}
