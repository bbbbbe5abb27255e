package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/credsql/credsql/tables/credreport"
)

// errChanged is a file that is not the one that was loaded any more.
var errChanged = errors.New("it has changed since it was read")

// stamp tells whether a file is still the same.
type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// readFile reads a regular file into buf, if it has room, and says what state the file was in.
func readFile(ctx context.Context, path string, buf []byte) ([]byte, stamp, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, stamp{}, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, stamp{}, err
	}
	data := buf[:0]
	if size := info.Size(); int64(cap(data)) <= size && size <= maxBytes {
		data = make([]byte, 0, size+1) // one more, to see the end without growing
	}
	data, err = readAll(ctx, path, f, data)
	return data, stampOf(info), err
}

// rawFile reads a file again, as long as it is the same.
func rawFile(path string, was stamp) credreport.RawFunc {
	return func(ctx context.Context) ([]byte, error) {
		data, now, err := readFile(ctx, path, nil)
		if err == nil && now != was {
			err = errChanged
		}
		if err != nil || !isJSON(data) {
			return data, err
		}
		csv, _, err := parseJSON(path, data)
		return csv, err
	}
}
