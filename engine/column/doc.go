// Package column holds tables in memory as typed columns: vectors with validity bitmaps, dictionary-coded text, and batches
// of them. It is a leaf: it knows no SQL, no report and no engine, so that tables, operators and renderers can share it.
package column
