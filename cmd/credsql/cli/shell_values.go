package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl/assist"
)

// values knows what columns hold, for completion. It reads in the background what it is asked for the first time, and only reports that
// have been read anyway: a Tab never goes to AWS.
type values struct {
	engine *engine.Engine
	source *shellSource

	mu      sync.Mutex
	renewal int
	columns map[string]*reading
}

var _ assist.Values = (*values)(nil)

// reading is the values of a column: texts, or for tags the values by key.
type reading struct {
	done   chan struct{}
	texts  []string
	byKey  map[string][]string
	failed error
}

const (
	// valuesWait is how long a Tab waits for values before it says that they are being read.
	valuesWait = 12 * time.Millisecond
	// valuesTime bounds the reading of a column.
	valuesTime = 20 * time.Second
	// maxValues bounds the values that are offered; a column that has more has too many to choose from.
	maxValues = 200
)

// manyValued are the columns that have a value of its own in each row.
var manyValued = []string{"_key", "arn", "user", "sha256", "error", "line"}

func newValues(e *engine.Engine, source *shellSource) *values {
	return &values{engine: e, source: source, columns: map[string]*reading{}}
}

// Column gives the values of a column of few.
func (v *values) Column(table, column string) assist.Found {
	if slices.Contains(manyValued, column) {
		return assist.Found{}
	}
	return v.read(table, column, false, func(r *reading) []string { return r.texts })
}

// Keys gives the keys of a column of tags.
func (v *values) Keys(table, column string) assist.Found {
	return v.read(table, column, true, func(r *reading) []string { return r.texts })
}

// Tagged gives the values of one key.
func (v *values) Tagged(table, column, key string) assist.Found {
	return v.read(table, column, true, func(r *reading) []string { return r.byKey[key] })
}

// read gives what is known of a column, or says why nothing is yet.
func (v *values) read(table, column string, keyed bool, known func(*reading) []string) assist.Found {
	reports, tags, renewal := v.source.readable()
	if !reports || keyed && !tags {
		return assist.Found{Note: "values are known once a statement has read them"}
	}
	r := v.reading(table, column, keyed, renewal)
	select {
	case <-r.done:
		if r.failed != nil {
			return assist.Found{Note: "the values could not be read: " + r.failed.Error()}
		}
		return assist.Found{Values: known(r)}
	case <-time.After(valuesWait):
		return assist.Found{Note: "the values are being read …", Later: r.done}
	}
}

// reading is what has been read of a column, or is being read from now on.
func (v *values) reading(table, column string, keyed bool, renewal int) *reading {
	v.mu.Lock()
	defer v.mu.Unlock()
	if renewal != v.renewal {
		v.renewal, v.columns = renewal, map[string]*reading{}
	}
	name := table + "." + column
	r := v.columns[name]
	if r == nil {
		r = &reading{done: make(chan struct{})}
		v.columns[name] = r
		go v.fill(r, table, column, keyed)
	}
	return r
}

// fill reads a column.
func (v *values) fill(r *reading, table, column string, keyed bool) {
	defer close(r.done)
	ctx, cancel := context.WithTimeout(unseen(context.Background()), valuesTime)
	defer cancel()
	session := v.engine.NewSession()
	if r.failed = session.Set("credsql.allow_partial", "on"); r.failed != nil {
		return
	}
	if keyed {
		r.failed = r.fillTags(ctx, session, table, column)
	} else {
		r.failed = r.fillTexts(ctx, session, table, column)
	}
}

// fillTexts reads the values of a column, the most common first.
func (r *reading) fillTexts(ctx context.Context, session *engine.Session, table, column string) error {
	const sql = `SELECT CAST(%[2]s AS VARCHAR) FROM %[1]s WHERE %[2]s IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %[3]d`
	rows, err := session.Query(ctx, fmt.Sprintf(sql, table, `"`+column+`"`, maxValues))
	if err != nil {
		return err
	}
	defer rows.Close()
	for {
		b, err := rows.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for i := range b.N {
			r.texts = append(r.texts, b.Cols[0].Text(i))
		}
	}
}

// fillTags reads the keys of tags and the values of each.
func (r *reading) fillTags(ctx context.Context, session *engine.Session, table, column string) error {
	rows, err := session.Query(ctx, fmt.Sprintf(`SELECT "%s" FROM %s`, column, table))
	if err != nil {
		return err
	}
	defer rows.Close()
	found := map[string]map[string]bool{}
	for {
		b, err := rows.Next()
		if err == io.EOF {
			r.takeTags(found)
			return nil
		}
		if err != nil {
			return err
		}
		for i := range b.N {
			if b.Cols[0].IsNull(i) {
				continue
			}
			for _, p := range b.Cols[0].HStores[b.Cols[0].At(i)].Pairs() {
				if found[p.Key] == nil {
					found[p.Key] = map[string]bool{}
				}
				if len(found[p.Key]) < maxValues {
					found[p.Key][p.Value] = true
				}
			}
		}
	}
}

func (r *reading) takeTags(found map[string]map[string]bool) {
	r.byKey = map[string][]string{}
	for key, set := range found {
		r.texts = append(r.texts, key)
		for value := range set {
			r.byKey[key] = append(r.byKey[key], value)
		}
		slices.Sort(r.byKey[key])
	}
	slices.Sort(r.texts)
}
