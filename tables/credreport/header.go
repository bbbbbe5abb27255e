package credreport

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// binaryStarts are how files begin that are often given in place of a report.
var binaryStarts = []struct{ start, what string }{
	{"\xff\xfe", "UTF-16 text"}, {"\xfe\xff", "UTF-16 text"},
	{"\x1f\x8b", "compressed data (gzip)"}, {"PK\x03\x04", "a zip archive or a spreadsheet"},
	{"\x28\xb5\x2f\xfd", "compressed data (zstd)"}, {"BZh", "compressed data (bzip2)"}, {"\xfd7zXZ\x00", "compressed data (xz)"},
	{"PAR1", "a Parquet file"},
}

// CheckStart refuses by its beginning a file that cannot be a report, so that it need not be read to its end. start may be
// cut anywhere, after a megabyte at least.
func CheckStart(name string, start []byte) error {
	in := inspector{file: &File{Name: name}, data: start, line: 1}
	if err := in.checkStart(); err != nil {
		return err
	}
	if err := in.readHeader(); !errors.Is(err, ErrEmpty) {
		return err
	}
	return nil
}

// CheckText refuses a file that holds bytes which are not UTF-8 text.
func CheckText(name string, data []byte) error {
	in := inspector{file: &File{Name: name}, data: data, line: 1}
	return in.checkText()
}

func (in *inspector) checkStart() error {
	for _, b := range binaryStarts {
		if bytes.HasPrefix(in.data, []byte(b.start)) {
			return in.fail(ErrBinary, 0, "is %s, expected the CSV of a credential report as UTF-8 text", b.what)
		}
	}
	return nil
}

// checkText refuses what is not UTF-8 text before anything is made of it.
func (in *inspector) checkText() error {
	if err := in.checkStart(); err != nil {
		return err
	}
	bad := bytes.IndexByte(in.data, 0)
	if bad < 0 && !utf8.Valid(in.data) {
		bad = firstInvalid(in.data)
	}
	if bad >= 0 {
		line := 1 + bytes.Count(in.data[:bad], []byte("\n"))
		return in.fail(ErrBinary, line, "holds the byte 0x%02x, expected UTF-8 text", in.data[bad])
	}
	return nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// readHeader finds the header, which is the first line that is not blank.
func (in *inspector) readHeader() error {
	in.off = len(in.data) - len(bytes.TrimPrefix(in.data, []byte("\ufeff")))
	in.skipBlank()
	if in.off == len(in.data) {
		return in.fail(ErrEmpty, 0, "is empty, expected the CSV of a credential report")
	}
	in.split = newSplitter(0)
	start := in.data[in.off:min(len(in.data), in.off+maxRecord)]
	header, next, problem := in.split.quoted(start)
	if problem != quotesFine {
		return in.fail(ErrNotReport, in.line, "is not the header of a credential report: expected user,arn,user_creation_time,… and found %s", quote(start))
	}
	names := make([][]byte, in.split.fields())
	for k := range names {
		names[k] = bytes.Clone(in.split.field(header, k))
	}
	if bytes.IndexByte(header, '\r') >= 0 {
		return in.fail(ErrNotReport, in.line, "has a carriage return in its header: expected lines that end in LF or CR LF")
	}
	l, err := newLayout(names)
	if err != nil {
		return in.fail(ErrNotReport, in.line, "%s", err)
	}
	in.file.layout, in.file.headLine = l, in.line
	in.split.reserve(l.fields)
	in.line += bytes.Count(start[:next], []byte("\n"))
	in.off += next
	in.file.quotes = bytes.IndexByte(in.data[in.off:], '"') >= 0
	in.byAccount = map[string]*section{}
	return nil
}
