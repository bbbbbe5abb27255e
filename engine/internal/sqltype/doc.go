// Package sqltype knows what is true of SQL types whatever is done with them: their names, the text forms that values are read
// from, their order, and which values are equal. It knows no expressions and no functions; printing values is in engine/column.
package sqltype
