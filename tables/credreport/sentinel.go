package credreport

import "github.com/credsql/credsql/engine/column"

// Sentinel says why a value of the report is NULL.
type Sentinel uint8

// The reasons. AWS writes the first three in place of a value.
const (
	NotApplicable Sentinel = iota // N/A: there is none, or it was never used
	NoInformation                 // no_information: a password that was never used, as far as AWS tracked
	NotSupported                  // not_supported: AWS does not say this of root
	Unrecognised                  // a text that AWS is not known to write; a notice tells of it
	Absent                        // the report has no such column
	numSentinels
)

// String is the text that AWS writes, or the reason in brackets.
func (s Sentinel) String() string {
	return [numSentinels]string{"N/A", "no_information", "not_supported", "(unrecognised)", "(absent)"}[s]
}

// sentinelOf recognises the texts that stand for no value.
func sentinelOf(text []byte) (Sentinel, bool) {
	switch string(text) {
	case "N/A":
		return NotApplicable, true
	case "no_information":
		return NoInformation, true
	case "not_supported":
		return NotSupported, true
	}
	return Unrecognised, false
}

// Sentinels keeps for the NULL rows of one column why they are NULL. N/A is by far the most frequent and costs nothing: it
// is the absence of a mark; each other reason has a bitmap once it occurs.
type Sentinels struct {
	n     int
	marks [numSentinels]column.Bitmap
}

func newSentinels(n int) *Sentinels { return &Sentinels{n: n} }

// At says why row i is NULL; it means nothing for a row that is not.
func (s *Sentinels) At(i int) Sentinel {
	for kind := NoInformation; kind < numSentinels; kind++ {
		if m := s.marks[kind]; m != nil && m.Get(i) {
			return kind
		}
	}
	return NotApplicable
}

func (s *Sentinels) set(i int, kind Sentinel) {
	if kind == NotApplicable {
		return
	}
	if s.marks[kind] == nil {
		s.marks[kind] = column.NewBitmap(s.n)
	}
	s.marks[kind].Set(i)
}

// count is the number of rows in from..to that are NULL for that reason, which must not be N/A.
func (s *Sentinels) count(kind Sentinel, from, to int) int {
	m := s.marks[kind]
	if m == nil {
		return 0
	}
	return m.Slice(from, to).Count()
}
