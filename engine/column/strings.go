package column

import (
	"sync"
	"unsafe"
)

// Strings is the storage of a text column. The forms differ in memory and in what a kernel can do once a distinct value
// instead of once a row: Plain, *Arena, *Coded, and whatever a table derives (an ARN from its parts).
type Strings interface {
	Len() int
	// At is row i's text; meaningless, but safe to ask, where the row is NULL.
	At(i int) string
}

// Plain is one Go string a row.
type Plain []string

// Len is the number of rows.
func (p Plain) Len() int { return len(p) }

// At is row i's text.
func (p Plain) At(i int) string { return p[i] }

// Arena is all texts in one block: row i is Bytes[Ends[i-1]:Ends[i]]. It costs 4 bytes a row beside the text.
type Arena struct {
	Bytes []byte
	Ends  []uint32
}

// Len is the number of rows.
func (a *Arena) Len() int { return len(a.Ends) }

// At is row i's text, sharing the arena's memory.
func (a *Arena) At(i int) string {
	var from uint32
	if i > 0 {
		from = a.Ends[i-1]
	}
	return unsafeString(a.Bytes[from:a.Ends[i]])
}

// Append adds a row.
func (a *Arena) Append(s []byte) {
	a.Bytes = append(a.Bytes, s...)
	a.Ends = append(a.Ends, uint32(len(a.Bytes)))
}

// Coded is a dictionary-coded column: one code a row.
type Coded struct {
	Codes []uint32
	Dict  *Dict
}

// Len is the number of rows.
func (c *Coded) Len() int { return len(c.Codes) }

// At is row i's text.
func (c *Coded) At(i int) string { return c.Dict.At(c.Codes[i]) }

// Dict gives each distinct text a code, in order of first sight. Code 0 is always the empty string, so that a zeroed code is
// safe to read where the row is NULL. It only grows, so codes stay valid; it is safe for concurrent use.
type Dict struct {
	mu     sync.RWMutex
	codes  map[string]uint32
	values []string
}

// NewDict makes an empty dictionary.
func NewDict() *Dict {
	return &Dict{codes: map[string]uint32{"": 0}, values: []string{""}}
}

// Code is the text's code, given now if it has none. The text is copied when it is new.
func (d *Dict) Code(text []byte) uint32 {
	d.mu.RLock()
	c, ok := d.codes[string(text)]
	d.mu.RUnlock()
	if ok {
		return c
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if c, ok = d.codes[string(text)]; ok {
		return c
	}
	s := string(text)
	c = uint32(len(d.values))
	d.codes[s] = c
	d.values = append(d.values, s)
	return c
}

// Lookup finds a text's code without giving it one.
func (d *Dict) Lookup(text string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, ok := d.codes[text]
	return c, ok
}

// At is the text of a code.
func (d *Dict) At(code uint32) string {
	d.mu.RLock()
	s := d.values[code]
	d.mu.RUnlock()
	return s
}

// Values are all texts by code, as of now. The slice must not be changed.
func (d *Dict) Values() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.values[:len(d.values):len(d.values)]
}

func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
