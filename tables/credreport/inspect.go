package credreport

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"slices"
)

// Inspect reads the structure of a file: its header, the number of fields and the ARN of every record, and which records
// are which account's. It converts no value. An error is a *FormatError.
func Inspect(name string, data []byte) (*File, error) {
	in := inspector{file: &File{Name: name, data: data}, data: data, line: 1, seed: maphash.MakeSeed()}
	in.arns = make([]arnAt, 0, len(data)/shortRecord)
	if err := in.checkText(); err != nil {
		return nil, err
	}
	if err := in.readHeader(); err != nil {
		return nil, err
	}
	for in.off < len(data) {
		if err := in.record(); err != nil {
			return nil, err
		}
	}
	if err := in.checkEnd(); err != nil {
		return nil, err
	}
	in.cut()
	in.findTwins()
	return in.file, nil
}

// inspector is the first pass over a file.
type inspector struct {
	file  *File
	data  []byte
	off   int // of the next record
	line  int // of the next record
	split *splitter

	byAccount map[string]*section
	section   *section // the account of the records being read
	prefix    []byte   // of its ARNs: arn:aws:iam::123456789012:
	piece     piece
	seed      maphash.Seed // of the hashes of ARNs
	arns      []arnAt      // of all records
	last      int          // where the last record began
	lastLine  int
}

func (in *inspector) fail(kind error, line int, format string, args ...any) error {
	e := &FormatError{File: in.file.Name, Line: line, Kind: kind, Message: fmt.Sprintf(format, args...)}
	if len(in.file.sections) == 1 {
		e.Account = in.section.account
	}
	return e
}

// skipBlank passes over empty lines.
func (in *inspector) skipBlank() {
	for in.off < len(in.data) {
		line, next := cutLine(in.data[in.off:])
		if len(line) > 0 {
			return
		}
		in.off += next
		in.line++
	}
}

// record reads one record, or passes over one blank line.
func (in *inspector) record() error {
	line, next := cutLine(in.data[in.off:])
	if len(line) == 0 {
		in.off += next
		in.line++
		return nil
	}
	if len(line) > maxRecord {
		return in.fail(ErrNotReport, in.line, "is longer than %d bytes, expected a record of a credential report", maxRecord)
	}
	if in.file.quotes && bytes.IndexByte(line, '"') >= 0 {
		return in.quotedRecord()
	}
	if fields := bytes.Count(line, []byte(",")) + 1; fields != in.file.layout.fields {
		return in.ragged(fields, in.off+next == len(in.data))
	}
	user := nthField(line, in.file.layout.at[fieldUser])
	arn := nthField(line, in.file.layout.at[fieldARN])
	return in.take(user, arn, next, 1)
}

// nthField is field n of a line without quotes that has more than n fields.
func nthField(line []byte, n int) []byte {
	for ; n > 0; n-- {
		line = line[bytes.IndexByte(line, ',')+1:]
	}
	if end := bytes.IndexByte(line, ','); end >= 0 {
		line = line[:end]
	}
	return line
}

func (in *inspector) quotedRecord() error {
	data := in.data[in.off:min(len(in.data), in.off+maxRecord)]
	line, next, problem := in.split.quoted(data)
	switch {
	case problem != textAfterQuote && next == maxRecord:
		return in.fail(ErrQuote, in.line, "has a quote and is longer than %d bytes: a quote is missing", maxRecord)
	case problem == quoteNeverClosed:
		return in.fail(ErrTruncated, in.line, "opens a quote that is never closed: the file is truncated, or a quote is missing")
	case problem == textAfterQuote:
		return in.fail(ErrQuote, in.line, "has text after a closing quote, expected a comma or the end of the line")
	case in.split.fields() != in.file.layout.fields:
		return in.ragged(in.split.fields(), in.off+next == len(in.data))
	}
	user := in.split.field(line, in.file.layout.at[fieldUser])
	arn := in.split.field(line, in.file.layout.at[fieldARN])
	return in.take(user, arn, next, bytes.Count(data[:next], []byte("\n")))
}

// ragged is the error for a record with another number of fields than the header.
func (in *inspector) ragged(fields int, atEnd bool) error {
	want := in.file.layout.fields
	has := fmt.Sprintf("has %d fields, %d expected", fields, want)
	if fields == 1 {
		has = fmt.Sprintf("has 1 field, %d expected", want)
	}
	switch {
	case fields < want && atEnd && in.data[len(in.data)-1] != '\n':
		return in.fail(ErrTruncated, in.line, "%s, and the file ends there: it is truncated", has)
	case fields > want:
		return in.fail(ErrRagged, in.line, "%s: a value with a comma must be in quotes", has)
	default:
		return in.fail(ErrRagged, in.line, "%s", has)
	}
}

// take adds a record whose bytes, with the line end, have length next and hold lines line breaks.
func (in *inspector) take(user, arn []byte, next, lines int) error {
	if len(user) == 0 {
		return in.fail(ErrRagged, in.line, "has no user, expected a name or <root_account>")
	}
	resource, same := bytes.CutPrefix(arn, in.prefix)
	if in.section == nil || !same || !isUserResource(resource) {
		if err := in.enter(arn); err != nil {
			return err
		}
	}
	p := &in.piece
	if p.rows == maxPieceRows || p.end-p.off > maxPieceBytes {
		in.cut()
	}
	if p.rows == 0 {
		p.off, p.line = in.off, in.line
	}
	in.arns = append(in.arns, arnAt{maphash.Bytes(in.seed, arn), uint32(in.line), uint32(in.off)})
	p.rows++
	p.userBytes += len(user)
	in.last, in.lastLine = in.off, in.line
	in.off += next
	in.line += lines
	p.end = in.off
	return nil
}

// enter takes an ARN whole: at the first record of an account, and for root users.
func (in *inspector) enter(arn []byte) error {
	parts, ok := parseARN(arn)
	if !ok && in.isHeader(arn) {
		return in.fail(ErrAccounts, in.line, "is a second header: the file holds several reports, expected one, or one header and the rows of several accounts")
	}
	if !ok {
		return in.fail(ErrARN, in.line, "has %s as arn, expected arn:<partition>:iam::<12 digits>:user/<path and name> or …:root", quote(arn))
	}
	s := in.byAccount[parts.account]
	if s == nil {
		s = &section{account: parts.account, partition: parts.partition}
		in.byAccount[s.account] = s
		in.file.sections = append(in.file.sections, s)
	}
	if s.partition != parts.partition {
		return in.fail(ErrAccounts, in.line, "puts account %s in the partition %s, and rows before it in %s", s.account, parts.partition, s.partition)
	}
	if parts.root && s.rootLine > 0 {
		return in.fail(ErrAccounts, in.line, "is a second root user of account %s, after line %d: the file holds two reports of it", s.account, s.rootLine)
	}
	if parts.root {
		s.rootLine = in.line
	}
	if s != in.section {
		in.cut()
		in.section, in.prefix = s, parts.prefix
	}
	return nil
}

func (in *inspector) isHeader(arn []byte) bool { return string(arn) == fieldNames[fieldARN] }

// cut ends the piece that is being read.
func (in *inspector) cut() {
	if in.piece.rows > 0 {
		in.section.pieces = append(in.section.pieces, in.piece)
		in.section.rows += in.piece.rows
	}
	in.piece = piece{}
}

// checkEnd refuses a file that ends inside the last field. AWS ends the file without a line break, so that only a value
// that is none tells.
func (in *inspector) checkEnd() error {
	if len(in.file.sections) == 0 {
		return in.fail(ErrNoRows, 0, "has a header and no rows, expected at least the root user's")
	}
	if in.data[len(in.data)-1] == '\n' {
		return nil
	}
	line, _, _ := in.split.quoted(in.data[in.last:])
	k := in.split.fields() - 1
	f := field(slices.Index(in.file.layout.at[:], k))
	value := in.split.field(line, k)
	if f == noField || isWhole(f, value) {
		return nil
	}
	return in.fail(ErrTruncated, in.lastLine, "ends in the middle of %s (%s), and so does the file: it is truncated", fieldNames[f], quote(value))
}

// isWhole says whether a field's text is one that AWS writes, as far as that can be known.
func isWhole(f field, text []byte) bool {
	if _, ok := sentinelOf(text); ok {
		return true
	}
	switch f.kind() {
	case kindBool:
		_, ok := parseBool(text)
		return ok
	case kindTime:
		_, ok := parseTime(text)
		return ok
	}
	return true
}
