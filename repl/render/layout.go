package render

// minCell is the width, in cells, below which a wide column is not shortened while other columns can be left out.
const minCell = 16

// layout says which columns a table shows and how wide each is.
type layout struct {
	// shown are the indexes of the columns, in order; gap, if not negative, is the place among them where columns are left out.
	shown  []int
	widths []int // by shown
	gap    int
}

// fit lays out columns of the given natural widths in a table of at most width cells; 0 is no limit. Wide columns are
// shortened first, as little as it takes; then middle columns are left out, so that the first and the last stay.
func fit(natural []int, width int) layout {
	all := layout{widths: natural, gap: -1}
	for i := range natural {
		all.shown = append(all.shown, i)
	}
	if width <= 0 || boxWidth(natural) <= width {
		return all
	}
	if boxWidth(capped(natural, minCell)) <= width {
		all.widths = widest(natural, width)
		return all
	}
	return leaveOut(natural, width)
}

// boxWidth is the width of a table: two spaces and a line for each column, and one line more.
func boxWidth(widths []int) int {
	total := 1
	for _, w := range widths {
		total += w + 3
	}
	return total
}

// capped limits each width.
func capped(widths []int, most int) []int {
	out := make([]int, len(widths))
	for i, w := range widths {
		out[i] = min(w, most)
	}
	return out
}

// widest caps the widths at the largest limit that fits, and gives what is left over to the cut columns from the left.
func widest(natural []int, width int) []int {
	if boxWidth(natural) <= width {
		return natural
	}
	most := 1
	for boxWidth(capped(natural, most+1)) <= width {
		most++
	}
	out := capped(natural, most)
	for i := range out {
		if spare := width - boxWidth(out); spare > 0 && out[i] < natural[i] {
			out[i]++
		}
	}
	return out
}

// leaveOut keeps columns from both ends, in turn, while they fit beside the column of dots.
func leaveOut(natural []int, width int) layout {
	small := capped(natural, minCell)
	left, right := 1, len(natural)
	total := 1 + small[0] + 3 + gapWidth + 3
	for turn := 0; left < right; turn++ {
		next := left
		if turn%2 == 0 {
			next = right - 1
		}
		if total += small[next] + 3; total > width {
			break
		}
		if turn%2 == 0 {
			right--
		} else {
			left++
		}
	}
	l := layout{gap: left}
	var widths []int
	for i := range natural {
		if i < left || i >= right {
			l.shown = append(l.shown, i)
			widths = append(widths, natural[i])
		}
	}
	if len(natural) == 1 {
		l.gap = -1
		l.widths = widest(widths, max(width, 5))
		return l
	}
	l.widths = widest(widths, max(width-gapWidth-3, 5))
	return l
}

// gapWidth is the width of the column of dots.
const gapWidth = 1
