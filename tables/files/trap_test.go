//go:build linux

package files_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/files"
)

const oneUser = "user,arn,mfa_active\nbob,arn:aws:iam::111111111111:user/bob,true\n"

// messages are what a snapshot says is missing, without the folder's name.
func messages(s tables.Snapshot, dir string) []string {
	var out []string
	for _, n := range s.Notices() {
		if n.Incomplete {
			out = append(out, strings.ReplaceAll(n.Message, dir+"/", ""))
		}
	}
	return out
}

// A folder may hold anything. What is named like a report and is none is told, whatever it is; the rest is read, and nothing
// is waited for.
func TestFolderOfTraps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir+"/good.csv", oneUser)
	write(t, dir+"/elsewhere/more.csv", strings.ReplaceAll(oneUser, "111111111111", "222222222222"))
	write(t, dir+"/reports/real.csv", strings.ReplaceAll(oneUser, "111111111111", "333333333333"))
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write([]byte(oneUser))
	write(t, dir+"/reports/zipped.csv.gz", zipped.String())
	for _, err := range []error{
		err, z.Close(),
		os.Symlink("../good.csv", dir+"/reports/link.csv"),
		os.Symlink("../elsewhere", dir+"/reports/linked"),
		os.Symlink("..", dir+"/reports/linked-back"),
		os.Symlink(".", dir+"/reports/self.csv"),
		os.Symlink("loop-b.csv", dir+"/reports/loop-a.csv"),
		os.Symlink("loop-a.csv", dir+"/reports/loop-b.csv"),
		os.Symlink("nowhere", dir+"/reports/dangling.csv"),
		os.Symlink("nowhere", dir+"/reports/dangling"),
		os.Symlink("/dev/zero", dir+"/reports/device.csv"),
		os.Symlink("/proc/self/mem", dir+"/reports/unreadable.csv"),
		syscall.Mkfifo(dir+"/reports/pipe.csv", 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{dir + "/reports", dir + "/rep*"} {
		s := snapshot(t, newSource(t, path), everything)
		want := []string{
			"reports/dangling.csv: no such file or directory; none of its rows is used",
			"reports/device.csv is a device, expected a regular file; none of its rows is used",
			"reports/loop-a.csv: too many levels of symbolic links; none of its rows is used",
			"reports/loop-b.csv: too many levels of symbolic links; none of its rows is used",
			"reports/pipe.csv is a named pipe, expected a regular file; none of its rows is used",
			"reports/unreadable.csv: input/output error; none of its rows is used",
			"reports/zipped.csv.gz is compressed data (gzip), expected the CSV of a credential report as UTF-8 text; none of its rows is used",
		}
		if diff := cmp.Diff(want, messages(s, dir)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		if got := rowCount(s); got != 3 {
			t.Errorf("%s: %d rows, want 3", path, got)
		}
	}
}

// readCounter counts what is read of an endless input.
type readCounter struct {
	r io.Reader
	n int64
}

func (c *readCounter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// repeating is the same bytes for ever.
type repeating struct {
	text []byte
	at   int
}

func (r *repeating) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(p), nil
}

// What is no report is refused by its beginning, however long it is.
func TestEndlessInput(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		input io.Reader
		want  string
	}{
		"zeros": {&repeating{text: []byte{0}}, "(standard input): line 1 holds the byte 0x00, expected UTF-8 text"},
		"a long line": {&repeating{text: []byte("yes")},
			`(standard input): line 1 is not the header of a credential report: expected user,arn,user_creation_time,… and found "yesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyesyes"…`},
		"lines": {&repeating{text: []byte("y\n")},
			`(standard input): line 1 is not the header of a credential report: expected user,arn,user_creation_time,… and found "y"`},
		"a report and zeros": {io.MultiReader(strings.NewReader(oneUser), &repeating{text: []byte{0}}), "(standard input): line 3 holds the byte 0x00, expected UTF-8 text"},
		"JSON and zeros":     {io.MultiReader(strings.NewReader("{"), &repeating{text: []byte{0}}), "(standard input): line 1 holds the byte 0x00, expected UTF-8 text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			counter := &readCounter{r: c.input}
			source, err := files.New(files.Config{Paths: []string{"-"}, Stdin: counter})
			if err != nil {
				t.Fatal(err)
			}
			_, err = source.Snapshot(context.Background(), everything)
			if want := "no report could be read: " + c.want; err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
			if counter.n > 4<<20 {
				t.Errorf("%d bytes were read", counter.n)
			}
		})
	}
}

// A large file of zeros is one more file that is no report.
func TestLargeFileOfZeros(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir+"/good.csv", oneUser)
	write(t, dir+"/zeros.csv", "")
	write(t, dir+"/too-long.csv", "")
	for name, size := range map[string]int64{"zeros": 1 << 30, "too-long": 5 << 30} {
		if err := os.Truncate(dir+"/"+name+".csv", size); err != nil {
			t.Fatal(err)
		}
	}
	s := snapshot(t, newSource(t, dir), everything)
	want := []string{
		"too-long.csv: line 1 holds the byte 0x00, expected UTF-8 text; none of its rows is used",
		"zeros.csv: line 1 holds the byte 0x00, expected UTF-8 text; none of its rows is used",
	}
	if diff := cmp.Diff(want, messages(s, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A pipe that was named is waited for, and the wait ends with the statement; the next statement waits on.
func TestPipeWithoutWriter(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	source := newSource(t, pipe)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := source.Snapshot(ctx, everything); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Snapshot of a pipe that nobody writes to: %v", err)
	}
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(pipe, []byte(oneUser), 0o600) }()
	if got := rowCount(snapshot(t, source, everything)); got != 1 {
		t.Errorf("%d rows, want 1", got)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
}
