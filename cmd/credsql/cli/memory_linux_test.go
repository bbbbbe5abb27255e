//go:build linux && !race

package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// hungry are statements that would take as much memory as there is. Without the race detector, whose memory is not the program's.
var hungry = []string{
	"SELECT upper(arn) FROM r ORDER BY lower(arn) || user",
	"SELECT arn, array_agg(user), string_agg(arn, ',') FROM r GROUP BY arn",
	"SELECT a.arn || b.arn FROM r a JOIN r b ON a.account_id = b.account_id ORDER BY 1",
	"SELECT a.arn FROM r a, r b ORDER BY b.arn || a.arn",
	"SELECT a.user, b.user FROM r a, r b",
	"SELECT max(length(repeat(user, 100000))) FROM r",
	"SELECT max(length(user || repeat('x', 1000000))) FROM r",
	"SELECT array_agg(arn) OVER () FROM r",
	"SELECT g FROM generate_series(1, 1000000000) g ORDER BY 1 DESC",
	"WITH RECURSIVE c(n) AS (SELECT arn FROM r UNION SELECT n || 'x' FROM c) SELECT count(*) FROM c",
	"SELECT user, (SELECT array_agg(b.arn) FROM r b WHERE b.account_id = a.account_id AND b.user <> a.user) FROM r a",
	"SELECT upper(arn) FROM r UNION SELECT lower(arn) FROM r",
}

// TestProcessKeepsToItsMemory: a process that may give a statement 64 MB stays small whatever it is asked, and ends by itself: with an
// answer, with an error that says why, or at its timeout.
func TestProcessKeepsToItsMemory(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	fleet := reportgen.Fleet{Accounts: 100, Users: 1000, Seed: 3}
	for i := range fleet.Accounts {
		id, data := fleet.Account([]byte(reportgen.Header), i)
		if err := os.WriteFile(filepath.Join(folder, id+".csv"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range hungry {
		sql = regexp.MustCompile(`\br\b`).ReplaceAllString(sql, "aws.iam_credential_report")
		kib, code, message := peakOf(t, "query", "--report", folder, "--max-memory", "64MB", "--timeout", "4s", "-o", "csv", sql)
		const most = 400 << 10 // the statement's part, as much garbage, the table, the program
		if kib > most {
			t.Errorf("%s: %d MiB at its peak", sql, kib>>10)
		}
		if code != exitOK && code != exitTimeout && (code != exitSQL || !strings.Contains(message, "53200")) {
			t.Errorf("%s: code %d, %s", sql, code, message)
		}
	}
}

// peakOf runs the command as a process of its own.
func peakOf(t *testing.T, args ...string) (kib int64, code int, message string) {
	t.Helper()
	cmd := exec.Command("credsql", args...)
	cmd.Env = append(os.Environ(), "NOW=2026-11-23T12:00:00Z")
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	_ = cmd.Run() // its exit code is looked at
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatalf("%v: %s", args, errOut.String())
	}
	return usage.Maxrss, cmd.ProcessState.ExitCode(), errOut.String()
}
