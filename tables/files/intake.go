package files

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/credsql/credsql/tables/credreport"
)

const (
	// maxBytes is the longest input: some 16 million rows, a thousand times an account's quota of users.
	maxBytes = 4 << 30
	// checkBytes is how much of a long input is read before it is looked at again, at its last sampleBytes.
	checkBytes  = 1 << 20
	sampleBytes = 4 << 10
)

// readAll reads to the end, appending to data. It gives up as soon as it is clear that this is no report, so that a disk
// image, a device or an endless stream is refused by its first megabyte and not by the lack of memory.
func readAll(ctx context.Context, name string, r io.Reader, data []byte) ([]byte, error) {
	for checked := 0; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := r.Read(data[len(data):min(cap(data), len(data)+checkBytes)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, err
		case len(data) > maxBytes:
			return nil, &inputError{text: fmt.Sprintf("%s is longer than %d GiB, expected the report of some accounts", name, maxBytes>>30)}
		case len(data) >= checked+checkBytes:
			if err := checkSoFar(name, data, checked == 0); err != nil {
				return nil, err
			}
			checked = len(data)
		}
	}
}

// checkSoFar refuses what cannot become a report any more.
func checkSoFar(name string, data []byte, first bool) error {
	if bytes.IndexByte(data[len(data)-sampleBytes:], 0) >= 0 {
		return credreport.CheckText(name, data)
	}
	if first && !isJSON(data) {
		return credreport.CheckStart(name, data)
	}
	return nil
}
