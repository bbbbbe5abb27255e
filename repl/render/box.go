package render

import "strings"

// box draws a laid-out table.
type box struct {
	cols         []Column
	names, types []tableCell
	layout       layout
	color        bool
	cut          bool // rows are left out between head and tail
	bare         bool // without types
	limit        int  // the width that nothing may pass; 0: none
}

// draw appends the table: names, types, the rows with a mark between head and tail where some are left out, the footer.
func (t *box) draw(dst []byte, head, tail [][]tableCell, footer string) []byte {
	dst = t.rule(dst, "┌", "┬", "┐")
	dst = t.heading(dst, t.names, bold)
	if !t.bare {
		dst = t.heading(dst, t.types, dim)
	}
	dst = t.rule(dst, "├", "┼", "┤")
	for _, row := range head {
		dst = t.row(dst, row)
	}
	if t.cut {
		dst = t.dots(dst)
	}
	for _, row := range tail {
		dst = t.row(dst, row)
	}
	if footer == "" {
		return t.rule(dst, "└", "┴", "┘")
	}
	return t.foot(dst, footer)
}

// columns visits the shown columns from the left; gap is called at the place of those left out.
func (t *box) columns(shown func(col, width int), gap func()) {
	for i, col := range t.layout.shown {
		if i == t.layout.gap {
			gap()
		}
		shown(col, t.layout.widths[i])
	}
	if t.layout.gap == len(t.layout.shown) {
		gap()
	}
}

func (t *box) rule(dst []byte, left, middle, right string) []byte {
	sep := left
	line := func(width int) {
		dst = append(dst, sep...)
		dst = append(dst, strings.Repeat("─", width+2)...)
		sep = middle
	}
	t.columns(func(_, width int) { line(width) }, func() { line(gapWidth) })
	if len(t.layout.shown) == 0 {
		dst = append(dst, left...)
	}
	return append(append(dst, right...), '\n')
}

// line draws one row, cell by cell, as text says; gap is what the column of dots holds.
func (t *box) line(dst []byte, gap string, text func(col, width int) string) []byte {
	t.columns(func(col, width int) {
		dst = append(append(append(dst, "│ "...), text(col, width)...), ' ')
	}, func() {
		dst = append(append(append(dst, "│ "...), gap...), ' ')
	})
	return append(dst, "│\n"...)
}

// heading draws a row of centred texts.
func (t *box) heading(dst []byte, cells []tableCell, style string) []byte {
	return t.line(dst, "…", func(col, width int) string {
		s := clip(cells[col].text, width)
		have := textWidth(s)
		left := (width - have) / 2
		return padding(0, left) + paint(t.color, style, s) + padding(have+left, width)
	})
}

func (t *box) row(dst []byte, row []tableCell) []byte {
	return t.line(dst, "…", func(col, width int) string {
		c := row[col]
		if c.width > width {
			c.text = clip(c.text, width)
			c.width = textWidth(c.text)
		}
		s := paint(t.color && c.null, dim, c.text)
		if t.cols[col].Type.IsNumeric() {
			return padding(c.width, width) + s
		}
		return s + padding(c.width, width)
	})
}

// dots is the row that stands for those left out.
func (t *box) dots(dst []byte) []byte {
	return t.line(dst, "·", func(_, width int) string {
		left := (width - 1) / 2
		return padding(0, left) + "·" + padding(left+1, width)
	})
}

// foot closes the table with a line across it. One that is wider than the table stands below it.
func (t *box) foot(dst []byte, text string) []byte {
	width := boxWidth(t.layout.widths) - 4
	if t.layout.gap >= 0 {
		width += gapWidth + 3
	}
	if textWidth(text) > width {
		dst = t.rule(dst, "└", "┴", "┘")
		if t.limit > 0 {
			text = clip(text, t.limit)
		}
		return append(append(dst, text...), '\n')
	}
	dst = t.rule(dst, "├", "┴", "┤")
	dst = append(append(dst, "│ "...), text...)
	dst = append(append(dst, padding(textWidth(text), width)...), " │\n└"...)
	dst = append(dst, strings.Repeat("─", width+2)...)
	return append(dst, "┘\n"...)
}
