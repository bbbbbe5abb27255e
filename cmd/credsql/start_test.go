package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// BenchmarkStart is the time from the start of the process to its end: for its version, and for a first answer from the sample reports.
// Beside the command as it is, it times the one that is built without the replace in go.mod: what the stub of go-icu-regex saves.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	answer := []string{"query", "--quiet", "--report", root + "/examples/reports", "SELECT count(*) FROM aws.iam_credential_report WHERE NOT mfa_active"}
	for _, bin := range []struct {
		name  string
		flags []string
	}{
		{"stub", nil},
		{"go-icu-regex", []string{"-mod=mod", "-modfile=" + withoutReplace(b, dir)}},
	} {
		path := filepath.Join(dir, bin.name)
		build := exec.Command("go", append(append([]string{"build"}, bin.flags...), "-o", path, ".")...)
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		for _, run := range []struct {
			name string
			args []string
		}{{"version", []string{"version"}}, {"answer", answer}} {
			b.Run(bin.name+"/"+run.name, func(b *testing.B) {
				for b.Loop() {
					if err := exec.Command(path, run.args...).Run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// withoutReplace writes go.mod and go.sum to dir, without the replace.
func withoutReplace(b *testing.B, dir string) string {
	b.Helper()
	copied := filepath.Join(dir, "icu.mod")
	for from, to := range map[string]string{"go.mod": copied, "go.sum": filepath.Join(dir, "icu.sum")} {
		text, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			b.Fatal(err)
		}
		text = regexp.MustCompile(`(?m)^replace .*$`).ReplaceAll(text, nil)
		if err := os.WriteFile(to, text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return copied
}
