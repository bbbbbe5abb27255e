package window

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/sqlerr"
)

// TestGoldens computes every line of testdata and compares it with what PostgreSQL 15 gave: a line "= values", in the order of id, or
// "! message". Aggregates are computed by a running state and from blocks.
func TestGoldens(t *testing.T) {
	t.Parallel()
	files := must(filepath.Glob("testdata/*.golden"))
	if len(files) == 0 {
		t.Fatal("no goldens")
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			file := must(os.Open(path))
			defer file.Close()
			var line string
			for lines := bufio.NewScanner(file); lines.Scan(); {
				switch text := lines.Text(); {
				case strings.HasPrefix(text, "#"):
				case strings.HasPrefix(text, "= "), strings.HasPrefix(text, "! "):
					checkGolden(t, line, text)
				default:
					line = text
				}
			}
		})
	}
}

func checkGolden(t *testing.T, line, want string) {
	t.Helper()
	for _, direct := range []int{directWork, -1} {
		s, err := testTable().parse(line)
		if err != nil {
			t.Fatal(err)
		}
		got := outcome(compute(testCtx(), s.call, s.rows, s.in, direct))
		if got != want {
			t.Errorf("%s (direct %d)\n got %s\nwant %s", line, direct, got, want)
		}
	}
}

func testCtx() *funcs.Ctx { return &funcs.Ctx{Context: context.Background()} }

func outcome(v *column.Vector, err error) string {
	if err == nil {
		return "= " + texts(v)
	}
	if e, ok := sqlerr.As(err); !ok || e.Pos == 0 {
		return "! without a place: " + err.Error()
	}
	return "! " + err.Error()
}
