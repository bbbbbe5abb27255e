package credreport

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// splitter takes records apart. After a split, field k is line[ends[k]+1 : ends[k+1]] of the line that the split gave; a
// record with quotes is copied without them, so that what reads fields need not know of quoting.
type splitter struct {
	ends     []int32 // ends[0] is -1; one more for each field
	unquoted []byte
}

func newSplitter(fields int) *splitter {
	s := &splitter{ends: make([]int32, 1, max(fields, int(numFields))+1)}
	s.ends[0] = -1
	return s
}

// plain splits a record without quotes at its commas. The record must have as many fields as the splitter was last told
// by reserve: counting them is the caller's business, done once, by Inspect.
func (s *splitter) plain(line []byte) {
	const commas, low7, high = 0x2c2c2c2c2c2c2c2c, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	ends, n, i := s.ends[:cap(s.ends)], 1, 0
	for ; i+8 <= len(line); i += 8 {
		x := binary.LittleEndian.Uint64(line[i:]) ^ commas
		// A high bit for each byte that is zero, exactly: the shorter formula also marks a '-' after a comma.
		for m := ^((x&low7 + low7) | x) & high; m != 0; m &= m - 1 {
			ends[n] = int32(i + bits.TrailingZeros64(m)>>3)
			n++
		}
	}
	for ; i < len(line); i++ {
		if line[i] == ',' {
			ends[n] = int32(i)
			n++
		}
	}
	ends[n] = int32(len(line))
	s.ends = ends[:n+1]
}

// reserve makes room for records of that many fields.
func (s *splitter) reserve(fields int) {
	if cap(s.ends) < fields+1 {
		s.ends = append(make([]int32, 0, fields+1), -1)
	}
}

// fields is the number of fields of the record split last.
func (s *splitter) fields() int { return len(s.ends) - 1 }

// field is field k of the line that the last split gave.
func (s *splitter) field(line []byte, k int) []byte { return line[s.ends[k]+1 : s.ends[k+1]] }

// quoteProblem says what is wrong with the quotes of a record.
type quoteProblem uint8

const (
	quotesFine quoteProblem = iota
	quoteNeverClosed
	textAfterQuote
)

// quoted splits the record that begins data, with RFC 4180's quotes: a quoted field may hold commas, line breaks and
// doubled quotes. A quote inside an unquoted field stands for itself, as IAM paths may hold quotes and AWS may not quote
// them. next is the length of the record with its line end.
func (s *splitter) quoted(data []byte) (line []byte, next int, problem quoteProblem) {
	s.ends, s.unquoted = append(s.ends[:0], -1), s.unquoted[:0]
	i := 0
	for {
		if i < len(data) && data[i] == '"' {
			var closed bool
			if i, closed = s.unquote(data, i+1); !closed {
				return nil, len(data), quoteNeverClosed
			}
		} else {
			from := i
			for i < len(data) && data[i] != ',' && data[i] != '\n' {
				i++
			}
			field := data[from:i]
			if i == len(data) || data[i] == '\n' {
				field = bytes.TrimSuffix(field, []byte("\r"))
			}
			s.unquoted = append(s.unquoted, field...)
		}
		s.ends = append(s.ends, int32(len(s.unquoted)))
		if end := lineEnd(data[i:]); end >= 0 {
			return s.unquoted, i + end, quotesFine
		}
		if data[i] != ',' {
			return nil, i, textAfterQuote
		}
		s.unquoted = append(s.unquoted, ',')
		i++
	}
}

// unquote appends the quoted text that begins at data[i] and gives the place after its closing quote.
func (s *splitter) unquote(data []byte, i int) (after int, closed bool) {
	for {
		q := bytes.IndexByte(data[i:], '"')
		if q < 0 {
			return len(data), false
		}
		s.unquoted = append(s.unquoted, data[i:i+q]...)
		i += q + 1
		if i == len(data) || data[i] != '"' {
			return i, true
		}
		s.unquoted = append(s.unquoted, '"')
		i++
	}
}

// lineEnd is the length of the line end that begins data, 0 at the end of the data, -1 if there is none.
func lineEnd(data []byte) int {
	switch {
	case len(data) == 0:
		return 0
	case data[0] == '\n':
		return 1
	case data[0] == '\r' && len(data) == 1:
		return 1
	case data[0] == '\r' && data[1] == '\n':
		return 2
	}
	return -1
}

// cutLine takes the first line off data: without its line end, and the length with it.
func cutLine(data []byte) (line []byte, next int) {
	nl := bytes.IndexByte(data, '\n')
	if nl < 0 {
		line, next = data, len(data)
	} else {
		line, next = data[:nl], nl+1
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line, next
}
