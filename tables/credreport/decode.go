package credreport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/klauspost/compress/s2"
)

// Options says how Decode reads a report. The zero value is usable.
type Options struct {
	// Dicts are shared by all reports of one source; nil: the report gets its own.
	Dicts *Dictionaries
	// GeneratedTime is when AWS made the report; zero if not known.
	GeneratedTime time.Time
	// Account is the account whose report this must be; empty: any. With it, a report without rows is one of no users.
	Account string
	// Partition is the partition of Account, for a report without rows.
	Partition string
	// Raw gives the bytes again for credsql.raw_report; nil: a compressed copy is kept.
	Raw RawFunc
}

// Decode reads one account's report whole: structure, all columns, SHA-256. The data is not kept. name is what messages and
// credsql.raw_report call it. An error is a *FormatError. To read only some columns, or files of several accounts, use
// Inspect and Convert.
func Decode(name string, data []byte, opts Options) (*Report, error) {
	file, err := Inspect(name, data)
	switch {
	case errors.Is(err, ErrNoRows) && opts.Account != "":
		file = withoutRows(name, opts)
	case err != nil:
		return nil, err
	case len(file.sections) > 1:
		return nil, &FormatError{File: name, Kind: ErrAccounts, Message: fmt.Sprintf(
			"holds the accounts %s and %s, expected one", file.sections[0].account, file.sections[1].account)}
	case opts.Account != "" && file.sections[0].account != opts.Account:
		return nil, &FormatError{File: name, Kind: ErrAccounts, Message: fmt.Sprintf(
			"is the report of account %s, expected that of %s", file.sections[0].account, opts.Account)}
	}
	file.GeneratedTime, file.SHA256, file.Raw = opts.GeneratedTime, Hash(data), opts.Raw
	if file.Raw == nil {
		file.Raw = Keep(data)
	}
	return Convert([]*File{file}, ConvertOptions{Dicts: opts.Dicts, Columns: AllColumns})[0], nil
}

func withoutRows(name string, opts Options) *File {
	l, _ := newLayout([][]byte{[]byte(fieldNames[fieldUser]), []byte(fieldNames[fieldARN])})
	return &File{Name: name, layout: l, sections: []*section{{account: opts.Account, partition: opts.Partition}}}
}

// Hash is the SHA-256 of a report's bytes, in hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Keep holds a compressed copy of the bytes of a report that cannot be read again: of live reports and standard input.
func Keep(data []byte) RawFunc {
	kept := s2.Encode(nil, data)
	return func(context.Context) ([]byte, error) { return s2.Decode(nil, kept) }
}
