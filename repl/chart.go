package repl

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/render"
)

// maxBars is how many rows a chart may have, minChart and maxChart how wide it may be.
const (
	maxBars  = 200
	minChart = 20
	maxChart = 1000
)

// bar is a row of a chart.
type bar struct {
	label string
	value float64
	text  string // the value as it is shown
}

// runChart shows a name and a number a row as bars.
func runChart(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	rows, batches, err := s.collect(ctx, c.sql, maxBars)
	if err != nil {
		return err
	}
	columns := rows.Columns()
	if len(columns) != 2 || !columns[1].Type.IsNumeric() {
		return errors.New("a chart needs two columns: a name and a number")
	}
	width, _ := s.config.Size()
	if w := c.word(0); w != "" {
		if width, err = strconv.Atoi(w); err != nil || width < minChart || width > maxChart {
			return usageError{s.commands.byName["chart"], fmt.Sprintf("%s is no width from %d to %d", w, minChart, maxChart)}
		}
	}
	if err := s.page(chart(barsOf(batches), width)); err != nil {
		return err
	}
	s.conclude(rows)
	return nil
}

func barsOf(batches []*column.Batch) []bar {
	var bars []bar
	for _, b := range batches {
		for i := range b.N {
			one := bar{label: "NULL", text: "NULL"}
			if !b.Cols[0].IsNull(i) {
				one.label = render.Safe(string(b.Cols[0].AppendText(nil, i)))
			}
			if v := b.Cols[1]; !v.IsNull(i) {
				one.text = string(v.AppendText(nil, i))
				if v.Type.Kind == column.KindInt64 {
					one.value = float64(v.Int(i))
				} else {
					one.value = v.Float(i)
				}
			}
			bars = append(bars, one)
		}
	}
	return bars
}

// chart draws bars that fit a width. A bar is as long as its number is of the largest; what is below zero has none.
func chart(bars []bar, width int) string {
	labels, texts, most := 0, 0, 0.0
	for _, b := range bars {
		labels = max(labels, uniseg.StringWidth(b.label))
		texts = max(texts, uniseg.StringWidth(b.text))
		if !math.IsNaN(b.value) && !math.IsInf(b.value, 0) {
			most = max(most, b.value)
		}
	}
	labels = min(labels, max(width/2, 8))
	room := max(width-labels-texts-4, 4)
	var out strings.Builder
	for _, b := range bars {
		label := clip(b.label, labels)
		out.WriteString(label + strings.Repeat(" ", max(0, labels-uniseg.StringWidth(label))) + " ")
		if most > 0 && b.value > 0 {
			out.WriteString(blocks(math.Min(b.value/most, 1) * float64(room)))
		}
		out.WriteString(" " + b.text + "\n")
	}
	return out.String()
}

// blocks is a bar of a length in cells, to the eighth of one; what is there at all is seen.
func blocks(length float64) string {
	eighths := max(1, int(math.Round(length*8)))
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string(rune('▏' - rest + 1))
	}
	return s
}

// clip shortens a text to a width.
func clip(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	var b strings.Builder
	used := 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used += g.Width(); used > width-1 {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}
