package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart is the time from the start of the process to its end: for its version, and for a first answer from the sample reports.
func BenchmarkStart(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "credsql")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for name, args := range map[string][]string{
		"version": {"version"},
		"answer":  {"query", "--report", root + "/examples/reports", "SELECT count(*) FROM aws.iam_credential_report WHERE NOT mfa_active"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := exec.Command(bin, args...).Run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
