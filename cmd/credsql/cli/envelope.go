package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables"
)

// head is the part of an envelope before the rows. What it says is there although the rows are still being computed.
type head struct {
	Credsql   string           `json:"credsql"` // the version
	Source    string           `json:"source"`
	AskedAt   string           `json:"asked_at"`
	Now       string           `json:"now"` // what NOW() was: --at, or the time of asking
	Statement string           `json:"statement"`
	Columns   []envelopeColumn `json:"columns"`
}

type envelopeColumn struct {
	Name string `json:"name"` // its key in the rows
	Type string `json:"type"`
}

// tail is the part after the rows.
type tail struct {
	RowCount int64             `json:"row_count"`
	Complete bool              `json:"complete"` // no account and no row that was asked for is missing
	Accounts []envelopeAccount `json:"accounts"`
	Notices  []string          `json:"notices"`
}

type envelopeAccount struct {
	ID         string `json:"account_id"`
	Name       string `json:"name,omitempty"`
	Partition  string `json:"partition,omitempty"`
	Source     string `json:"source,omitempty"`
	State      string `json:"state"`
	Generated  string `json:"generated_time,omitempty"`
	AgeSeconds *int64 `json:"age_seconds,omitempty"`
	Rows       int64  `json:"rows"`
	SHA256     string `json:"sha256,omitempty"`
	Error      string `json:"error,omitempty"`
}

// writeEnvelope writes a result with all that says how far it can be trusted, as one JSON document. A document that is cut short does
// not end, so that it cannot be taken for a whole one. Nothing in it depends on how long the answer took.
func (b *batch) writeEnvelope(sql string, rows *engine.Rows) error {
	h := head{
		Credsql: programVersion(), Source: b.app.sourceText(), AskedAt: b.app.io.Clock().UTC().Format(time.RFC3339), Statement: sql,
		Now: b.app.now().UTC().Format(time.RFC3339), Columns: []envelopeColumn{},
	}
	columns := renderColumns(rows.Columns)
	for i, key := range render.UniqueNames(columns) {
		h.Columns = append(h.Columns, envelopeColumn{key, columns[i].Type.String()})
	}
	some, err := rows.Next()
	if err != nil && err != io.EOF {
		return err
	}
	out := b.app.io.Out
	if problem := writeMembers(out, h, "", ",\n  \"rows\": "); problem != nil {
		return outputError(problem)
	}
	w, problem := render.New(render.Until(out, rows.Canceled), render.JSON, b.app.renderOptions())
	if problem == nil {
		problem = w.Begin(columns)
	}
	for ; err == nil && problem == nil; some, err = rows.Next() {
		problem = w.Write(some)
	}
	switch {
	case problem != nil:
		return outputError(problem)
	case err != io.EOF:
		return err
	}
	if err := w.End(); err != nil {
		return outputError(err)
	}
	return outputError(writeMembers(out, b.app.tailOf(rows.Summary()), ",", "\n}\n"))
}

// fingerprint has the files read with their SHA-256, which takes time and is otherwise done only for who asks. What cannot be read is told by
// the statement itself.
func (b *batch) fingerprint(ctx context.Context) {
	if len(b.app.source.reports) == 0 || b.hashed {
		return // what comes from AWS has one anyway
	}
	b.hashed = true
	rows, err := b.session.Query(ctx, "SELECT sha256 FROM credsql.accounts")
	if err != nil {
		return
	}
	defer rows.Close()
	for err == nil {
		_, err = rows.Next()
	}
}

// writeMembers writes the members of an object without its closing brace, and without the opening one if something stands before.
func writeMembers(out io.Writer, object any, before, after string) error {
	text, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		return err
	}
	members := string(text[:len(text)-len("\n}")])
	if before != "" {
		members = before + members[1:]
	}
	_, err = fmt.Fprint(out, members+after)
	return err
}

func (a *app) tailOf(s engine.Summary) tail {
	t := tail{RowCount: s.Rows, Complete: s.Coverage.Complete(), Accounts: []envelopeAccount{}, Notices: []string{}}
	for _, n := range s.Notices {
		t.Complete = t.Complete && !n.Incomplete
		t.Notices = append(t.Notices, n.Message)
	}
	for _, acc := range s.Coverage.Accounts {
		t.Accounts = append(t.Accounts, a.envelopeAccount(acc))
	}
	return t
}

func (a *app) envelopeAccount(acc tables.Account) envelopeAccount {
	e := envelopeAccount{
		ID: acc.ID, Name: acc.Name, Partition: acc.Partition, Source: acc.Source, State: string(acc.State), Rows: acc.Rows, SHA256: acc.SHA256, Error: acc.Error,
	}
	if !acc.GeneratedTime.IsZero() {
		e.Generated = acc.GeneratedTime.UTC().Format(time.RFC3339)
		age := int64(a.reportsAt().Sub(acc.GeneratedTime) / time.Second)
		e.AgeSeconds = &age
	}
	return e
}
