package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables/files"
)

// credsql is our engine over the files.
type credsql struct {
	session *engine.Session
	clock   clock
}

// load reads the files until every column is there.
func (c *credsql) load(folder string) (time.Duration, error) {
	start := c.clock()
	source, err := files.New(files.Config{Paths: []string{folder}, Now: time.Now})
	if err != nil {
		return 0, err
	}
	e, err := engine.New(engine.Config{Source: source})
	if err != nil {
		return 0, err
	}
	c.session = e.NewSession()
	_, err = c.ask("SELECT * FROM aws.iam_credential_report WHERE account_id IS NULL") // reads all columns, and gives no row
	return c.clock() - start, err
}

func (c *credsql) ask(sql string) (time.Duration, error) {
	start := c.clock()
	rows, err := c.session.Query(context.Background(), sql)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for {
		if _, err := rows.Next(); err == io.EOF {
			return c.clock() - start, nil
		} else if err != nil {
			return 0, err
		}
	}
}

func (c *credsql) rows(sql string) ([][]string, error) {
	rows, err := c.session.Query(context.Background(), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]string
	for {
		b, err := rows.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range b.N {
			row := make([]string, len(b.Cols))
			for k, v := range b.Cols {
				row[k] = cell(v.Value(i))
			}
			out = append(out, row)
		}
	}
}

func cell(v column.Value) string {
	switch x := v.(type) {
	case nil:
		return "NULL"
	case bool:
		return strconv.FormatBool(x)
	}
	return string(column.AppendText(nil, v))
}

// duckDB is a process of Node.js that has DuckDB in it.
type duckDB struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func newDuckDB(folder, script string, processor bool) (*duckDB, error) {
	// The script must lie beside node_modules for its import to be found.
	text, err := os.ReadFile(script)
	if err != nil {
		return nil, err
	}
	beside := filepath.Join(folder, "credsql-benchmark.mjs")
	if err := os.WriteFile(beside, text, 0o644); err != nil {
		return nil, err
	}
	args := []string{beside}
	if processor {
		args = append(args, "processor")
	}
	d := &duckDB{process: exec.Command("node", args...)}
	d.process.Stderr = os.Stderr
	if d.in, err = d.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := d.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	d.out = bufio.NewReader(out)
	return d, d.process.Start()
}

func (d *duckDB) close() {
	_ = d.in.Close()
	_ = d.process.Wait()
}

// reply is a line that the process answers.
type reply struct {
	Ms    float64 `json:"ms"`
	Rows  [][]any `json:"rows"`
	Error string  `json:"error"`
}

func (d *duckDB) send(what, text string) (reply, error) {
	line, err := json.Marshal(map[string]string{what: text})
	if err != nil {
		return reply{}, err
	}
	if _, err := d.in.Write(append(line, '\n')); err != nil {
		return reply{}, err
	}
	answer, err := d.out.ReadBytes('\n')
	if err != nil {
		return reply{}, err
	}
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		return r, err
	}
	if r.Error != "" {
		return r, errors.New(r.Error)
	}
	return r, nil
}

func (d *duckDB) load(folder string) (time.Duration, error) {
	r, err := d.send("load", filepath.Join(folder, "*.csv"))
	return milliseconds(r), err
}

func (d *duckDB) ask(sql string) (time.Duration, error) {
	r, err := d.send("sql", sql)
	return milliseconds(r), err
}

func milliseconds(r reply) time.Duration { return time.Duration(r.Ms * float64(time.Millisecond)) }

func (d *duckDB) rows(sql string) ([][]string, error) {
	r, err := d.send("rows", sql)
	out := make([][]string, len(r.Rows))
	for i, row := range r.Rows {
		for _, v := range row {
			if v == nil {
				v = "NULL"
			}
			out[i] = append(out[i], fmt.Sprint(v))
		}
	}
	return out, err
}
