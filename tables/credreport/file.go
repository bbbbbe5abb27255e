package credreport

import "time"

// Sizes of the parts that a file is cut into. A piece is what one block takes at a time.
const (
	maxPieceRows  = 1 << 16
	maxPieceBytes = 64 << 20
	// maxRecord is far above what IAM's limits allow (a row of 23 fields, a path of 512 characters).
	maxRecord = 1 << 20
)

// File is a report file whose structure has been read and is right. It refers to the data until Convert is done with it.
type File struct {
	// Name is the file's path, or what else the report was read from.
	Name string
	// GeneratedTime is when AWS made the report; zero if not known. It is for the caller to set.
	GeneratedTime time.Time
	// SHA256 is the hexadecimal hash of the report's bytes; empty if not computed. It is for the caller to set.
	SHA256 string
	// Raw gives the file's bytes again, for credsql.raw_report. It is for the caller to set.
	Raw RawFunc

	data     []byte
	layout   layout
	quotes   bool // there is a quote somewhere
	sections []*section
	headLine int // where the header stands
}

// section is one account's records in a file.
type section struct {
	account   string
	partition string
	rows      int
	rootLine  int // 0: none yet
	pieces    []piece
	twins     twins
}

// piece is a run of records of one account.
type piece struct {
	off, end  int // in the file's bytes
	line      int // of the first record, counted from 1
	rows      int
	userBytes int // the length of all user names, at most
}

// Accounts are the account ids in the file, in order of first sight.
func (f *File) Accounts() []string {
	ids := make([]string, len(f.sections))
	for i, s := range f.sections {
		ids[i] = s.account
	}
	return ids
}

// Rows is the number of rows of all accounts in the file.
func (f *File) Rows() int {
	n := 0
	for _, s := range f.sections {
		n += s.rows
	}
	return n
}
