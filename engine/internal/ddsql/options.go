package ddsql

// Options says how to read a text. The zero value is good: a plain text with the default limits.
type Options struct {
	// Placeholders reads a ? where an operand is expected as the next parameter, as MySQL's prepared statements have it.
	// After an operand a ? stays the hstore operator. Without it only $1, $2 … are parameters.
	Placeholders bool
	// MySQL reads what MySQL's drivers write into a text and DDSQL has no other meaning for: a 0 or 1 that is compared with a
	// boolean as false or true, and X'…' as the text of these bytes.
	MySQL  bool
	Limits Limits
}

// Limits bounds what one statement may cost before anybody looks at its meaning. Zero fields take the defaults.
type Limits struct {
	// Bytes is the longest text, all statements together. Default 256 KiB: a list of 10,000 account ids or ARNs fits.
	Bytes int
	// Tokens bounds one statement's tokens. Default 60,000: an IN list of 20,000 constants takes 40,000.
	Tokens int
	// Nodes bounds what is not a constant in a list: operators, calls, column references, clauses. Default 5,000; the
	// longest query of a BI tool that we know has under 1,000.
	Nodes int
	// Depth bounds how deep parentheses and expressions nest. Default 200, MySQL's own limit for parentheses. A chain
	// of AND or OR is one level however long; a chain of + or || is one level for each operator.
	Depth int
	// Arms bounds the SELECTs of all set operations. Default 50.
	Arms int
}

// withDefaults fills what was left zero.
func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Bytes, 256<<10)
	def(&l.Tokens, 60_000)
	def(&l.Nodes, 5_000)
	def(&l.Depth, 200)
	def(&l.Arms, 50)
	return l
}
