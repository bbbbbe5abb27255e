package sqltype

import (
	"strings"
	"time"
	_ "time/tzdata" // zones must not depend on what the machine has installed

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// FindZone finds a time zone by its IANA name, such as America/New_York, in any case; UTC, GMT, UCT, Zulu and Z are UTC.
// Abbreviations such as EST or IST are refused: they name different zones in different places, and PostgreSQL's choice is a setting.
func FindZone(name string) (*time.Location, error) {
	word := strings.Trim(name, space)
	if isUTC(word) {
		return time.UTC, nil
	}
	if strings.Contains(word, "/") {
		for _, spelling := range []string{word, zoneCase(word)} {
			if zone, err := time.LoadLocation(spelling); err == nil {
				return zone, nil
			}
		}
	}
	return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "time zone \"%s\" not recognized", name).
		WithHint("Use UTC, or the name of an IANA zone such as 'America/New_York'.")
}

func isUTC(word string) bool {
	switch strings.ToLower(word) {
	case "utc", "gmt", "uct", "zulu", "z":
		return true
	}
	return false
}

// zoneCase writes a zone's name as the IANA database mostly does: america/new_york becomes America/New_York.
func zoneCase(name string) string {
	b := []byte(strings.ToLower(name))
	start := true
	for i, c := range b {
		if start && c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
		start = c == '/' || c == '_' || c == '-'
	}
	return string(b)
}

// ZoneOffset is how many microseconds a zone's clocks are ahead of UTC at an instant.
func ZoneOffset(zone *time.Location, t column.Timestamp) int64 {
	_, seconds := time.UnixMicro(int64(t)).In(zone).Zone()
	return int64(seconds) * MicrosPerSecond
}

// LocalOffset is ZoneOffset for an instant given as what the zone's clocks show. A time that the clocks skip is read with the
// offset before the change, and one that they show twice as the later, as PostgreSQL does (DetermineTimeZoneOffset).
func LocalOffset(zone *time.Location, local column.Timestamp) int64 {
	dayBefore := time.UnixMicro(int64(local) - MicrosPerDay).In(zone)
	_, seconds := dayBefore.Zone()
	before := int64(seconds) * MicrosPerSecond
	_, change := dayBefore.ZoneBounds()
	if change.IsZero() {
		return before
	}
	_, seconds = change.Zone()
	after := int64(seconds) * MicrosPerSecond
	boundary := change.UnixMicro()
	withBefore, withAfter := int64(local)-before, int64(local)-after
	switch {
	case withBefore < boundary && withAfter < boundary:
		return before
	case withBefore >= boundary && withAfter >= boundary:
		return after
	case withBefore > withAfter:
		return before
	default:
		return after
	}
}
