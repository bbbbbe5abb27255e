package render

import (
	"fmt"
	"io"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// reportBatch is n rows in the shape of SELECT * from the credential report: 25 columns, text plain and dictionary-coded.
func reportBatch(n int) ([]Column, *column.Batch) {
	b := &column.Batch{N: n}
	var cols []Column
	add := func(name string, v *column.Vector) {
		v.N = n
		cols = append(cols, Column{name, v.Type})
		b.Cols = append(b.Cols, v)
	}
	arena := func(format string) *column.Vector {
		a := &column.Arena{}
		for i := range n {
			a.Append(fmt.Appendf(nil, format, i))
		}
		return &column.Vector{Type: column.Text, Texts: a}
	}
	coded := func(values ...string) *column.Vector {
		dict, codes := column.NewDict(), make([]uint32, n)
		for i := range codes {
			codes[i] = dict.Code([]byte(values[i%len(values)]))
		}
		return &column.Vector{Type: column.Text, Texts: &column.Coded{Codes: codes, Dict: dict}}
	}
	bools := func() *column.Vector {
		v := &column.Vector{Type: column.Bool, Bools: column.NewBitmap(n)}
		for i := 0; i < n; i += 3 {
			v.Bools.Set(i)
		}
		return v
	}
	times := func(nulls int) *column.Vector {
		v := &column.Vector{Type: column.TimestampT, Ints: make([]int64, n), Valid: column.NewBitmapSet(n)}
		for i := range n {
			v.Ints[i] = 1_700_000_000_000_000 + int64(i)*977_000_000
			if i%10 < nulls {
				v.Valid.Clear(i)
			}
		}
		return v
	}
	tags := &column.Vector{Type: column.HStoreT}
	for i := range n {
		tags.HStores = append(tags.HStores, column.NewHStore([]column.Pair{{Key: "team", Value: fmt.Sprint("team-", i%40)}, {Key: "env", Value: "prod"}}))
	}
	add("_key", arena("arn:aws:iam::123456789012:user/user-%07d"))
	for _, key := range []string{"1", "2"} {
		add("access_key_"+key+"_active", bools())
		add("access_key_"+key+"_last_rotated", times(4))
		add("access_key_"+key+"_last_used_date", times(6))
		add("access_key_"+key+"_last_used_region", coded("us-east-1", "eu-west-1", "ap-southeast-2"))
		add("access_key_"+key+"_last_used_service", coded("s3", "ec2", "iam", "sts"))
	}
	add("account_id", coded("123456789012", "210987654321"))
	add("arn", &column.Vector{Type: column.Text, Texts: made{arena("arn:aws:iam::123456789012:user/user-%07d").Texts}})
	for _, cert := range []string{"1", "2"} {
		add("cert_"+cert+"_active", bools())
		add("cert_"+cert+"_last_rotated", times(9))
	}
	add("mfa_active", bools())
	add("password_enabled", bools())
	for _, name := range []string{"password_last_changed", "password_last_used", "password_next_rotation"} {
		add(name, times(5))
	}
	add("tags", tags)
	add("user", arena("user-%07d"))
	add("user_creation_time", times(0))
	return cols, b
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// BenchmarkWrite reports the output written a second; a table is measured with 40 rows shown.
func BenchmarkWrite(b *testing.B) {
	cols, batch := reportBatch(4096)
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			var out counter
			w, err := New(&out, f, Options{MaxRows: 40})
			if err != nil {
				b.Fatal(err)
			}
			if err := w.Begin(cols); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Write(batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.n)/1e6/b.Elapsed().Seconds(), "MB/s")
			b.ReportMetric(float64(b.N)*float64(batch.N)/1e6/b.Elapsed().Seconds(), "Mrows/s")
		})
	}
}

// TestStreamsHoldNoMemory: once warm, a batch of 100,000 values costs no allocation in any streamed format.
func TestStreamsHoldNoMemory(t *testing.T) {
	cols, batch := reportBatch(4096)
	for _, f := range []Format{Vertical, CSV, TSV, JSON, JSONL, Markdown, HTML} {
		w, err := New(io.Discard, f, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Begin(cols); err != nil {
			t.Fatal(err)
		}
		allocs := testing.AllocsPerRun(3, func() {
			if err := w.Write(batch); err != nil {
				t.Fatal(err)
			}
		})
		if allocs > 10 {
			t.Errorf("%s: %v allocations for a batch of %d rows", f, allocs, batch.N)
		}
	}
}
