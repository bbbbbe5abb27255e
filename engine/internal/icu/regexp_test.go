package icu

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestNoHang runs patterns that make naive backtracking explode: regular ones answer, the others say that they give up.
func TestNoHang(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a", 5000)
	for _, c := range []struct {
		pattern string
		fails   bool
	}{
		{`(a+)+b`, false},
		{`(a|aa)+$`, false},
		{`(.*)(.*)(.*)(.*)(.*)(.*)x`, false},
		{`(a?){200}a{200}b`, false},
		{`(?=(a+)+b)`, true},
		{`(a+)+\1b`, true},
		{`(?>(a|aa)+b)`, true},
	} {
		re, err := Compile(c.pattern, 0)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		loc, err := re.Find(text, 0)
		if c.fails != errors.Is(err, ErrTooManySteps) {
			t.Errorf("%s: %v, %v", c.pattern, loc, err)
		}
		if _, err = re.Match(text); c.fails != errors.Is(err, ErrTooManySteps) {
			t.Errorf("%s: match: %v", c.pattern, err)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", c.pattern, d)
		}
	}
}

// TestManyStates makes the automaton forget its states on the way.
func TestManyStates(t *testing.T) {
	t.Parallel()
	re, err := Compile(`(a|b)*a(a|b){14}c`, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for x := uint32(1); b.Len() < 200_000; x = x*1664525 + 1013904223 {
		b.WriteByte("ab"[x>>31])
	}
	for _, c := range []struct {
		tail string
		want bool
	}{{"abbbbbbbbbbbbbbc", true}, {"bbbbbbbbbbbbbbbc", false}} {
		if got, _ := re.Match(b.String() + c.tail); got != c.want {
			t.Errorf("%s: %v", c.tail, got)
		}
	}
}

func TestConcurrent(t *testing.T) {
	t.Parallel()
	re, err := Compile(`^(svc-)?[a-z0-9-]+-(prod|stage)-[0-9]+$`, 0)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				name := fmt.Sprintf("svc-app%d-prod-%d", g, i)
				ok, _ := re.Match(name)
				loc, _ := re.Find(name, 0)
				if !ok || loc[1] != len(name) {
					t.Errorf("%s: %v %v", name, ok, loc)
				}
			}
		})
	}
	wg.Wait()
}

// FuzzRegexp looks for patterns that bring the package down, and for texts on which the automaton and the matcher disagree.
func FuzzRegexp(f *testing.F) {
	for _, seed := range []string{`^(svc-)?[a-z0-9-]+-(prod|stage)-[0-9]+$`, `(?i)(ß|ss)+\b`, `[[a-z]&&[^aeiou]--[k]]{2,3}?`, `(?<=a)b(?!c)\1()`,
		`(?<n>a*+)\k<n>$`, `(?mx) ^ \R # c`, `(|a)*(?s).\Z`, `\Qa\E\x{41}[\p{L}-\d]`} {
		f.Add(seed, "aß\r\nSVC-prod-1")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 || len(text) > 500 {
			return
		}
		for _, flags := range []Flags{0, CaseInsensitive | Multiline, Comments | DotAll} {
			re, err := Compile(pattern, flags)
			if err != nil {
				continue
			}
			loc, err := re.Find(text, 0)
			if err != nil {
				continue
			}
			if ok, err := re.Match(text); err == nil && ok != (loc != nil) {
				t.Fatalf("%q (%d) on %q: found %v, match %v", pattern, flags, text, loc, ok)
			}
			if r, err := re.Replacement(text); err == nil && loc != nil {
				r.Append(nil, text, loc)
			}
		}
	})
}

func benchmarkNames() []string {
	names := make([]string, 10_000)
	for i := range names {
		names[i] = [...]string{"svc-billing%d-prod-%d", "john.smith%d%d", "app-x%d-stage-%d", "terraform-ci-%d-%d"}[i%4]
		names[i] = fmt.Sprintf(names[i], i*7919%1000, i)
	}
	return names
}

func BenchmarkMatch(b *testing.B) {
	re, err := Compile(`^(svc-)?[a-z0-9-]+-(prod|stage)-[0-9]+$`, 0)
	if err != nil {
		b.Fatal(err)
	}
	names := benchmarkNames()
	b.ReportAllocs()
	for b.Loop() {
		for _, n := range names {
			_, _ = re.Match(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(names)), "ns/name")
}

func BenchmarkFind(b *testing.B) {
	re, err := Compile(`^.*[:/]`, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = re.Find("arn:aws:iam::111122223333:user/engineering/bob", 0)
	}
}
