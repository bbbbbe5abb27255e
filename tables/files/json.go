package files

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/credsql/credsql/tables/credreport"
)

// isJSON says whether a file is JSON: no CSV report begins with a brace.
func isJSON(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{"))
}

// envelope is what `aws iam get-credential-report` prints.
type envelope struct {
	Content       []byte // base64
	ReportFormat  string
	GeneratedTime json.RawMessage
}

// parseJSON takes the report and its time out of the JSON around them.
func parseJSON(name string, data []byte) (csv []byte, generated time.Time, err error) {
	const expected = "expected what `aws iam get-credential-report` prints"
	var e envelope
	switch err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &e); {
	case err != nil:
		return nil, generated, jsonError(name, "is not the JSON of a report (%v): %s", err, expected)
	case e.Content == nil:
		return nil, generated, jsonError(name, "is JSON without Content: %s", expected)
	case e.ReportFormat != "" && e.ReportFormat != "text/csv":
		return nil, generated, jsonError(name, "has the ReportFormat %q: expected text/csv", e.ReportFormat)
	}
	if e.GeneratedTime != nil {
		var ok bool
		if generated, ok = parseGenerated(e.GeneratedTime); !ok {
			return nil, generated, jsonError(name, "has the GeneratedTime %s: expected a time as 2026-01-15T08:30:00+00:00", e.GeneratedTime)
		}
	}
	return e.Content, generated, nil
}

func jsonError(name, format string, args ...any) error {
	return &credreport.FormatError{File: name, Kind: credreport.ErrNotReport, Message: fmt.Sprintf(format, args...)}
}

// parseGenerated reads a time as the AWS command line prints it: ISO 8601, or seconds since 1970. null is no time.
func parseGenerated(raw json.RawMessage) (t time.Time, ok bool) {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return t, false
	}
	switch v := v.(type) {
	case nil:
		return t, true
	case string:
		t, err := time.Parse(time.RFC3339, v)
		return t.UTC(), err == nil
	case float64:
		const year9999 = 253402300799
		if v < 0 || v > year9999 {
			return t, false
		}
		whole, part := math.Modf(v)
		return time.Unix(int64(whole), int64(part*1e9)).UTC().Truncate(time.Microsecond), true
	}
	return t, false
}
