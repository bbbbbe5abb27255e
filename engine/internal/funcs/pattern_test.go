package funcs

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// oracleLike is LIKE by definition: a regular expression of the standard library.
func oracleLike(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString(".*")
		case r == '_':
			b.WriteByte('.')
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteString(`\z`)
	return regexp.MustCompile(b.String())
}

// FuzzLike compares the matcher with the definition.
func FuzzLike(f *testing.F) {
	for _, seed := range [][2]string{
		{"abcabc", "%bc_bc"}, {"aab", "%a_b"}, {"日本語", "__語"}, {"a%c", `a\%c`}, {"aba", "ab%ba"}, {"", "%"}, {"xxabyy", "%_a%y_%"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, text, pattern string) {
		if !utf8.ValidString(text) || !utf8.ValidString(pattern) {
			t.Skip()
		}
		m, err := compileLike(pattern, '\\', false)
		if err != nil {
			return
		}
		if got, want := m(text), oracleLike(pattern).MatchString(text); got != want {
			t.Errorf("%q LIKE %q: %t, want %t", text, pattern, got, want)
		}
	})
}

func TestLikeRandom(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 11))
	draw := func(alphabet string, n int) string {
		runes := []rune(alphabet)
		var b strings.Builder
		for range rng.IntN(n) {
			b.WriteRune(runes[rng.IntN(len(runes))])
		}
		return b.String()
	}
	for range 20000 {
		text, pattern := draw("abé", 9), draw("abé%_", 8)
		m, err := compileLike(pattern, '\\', false)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := m(text), oracleLike(pattern).MatchString(text); got != want {
			t.Fatalf("%q LIKE %q: %t, want %t", text, pattern, got, want)
		}
	}
}

// FuzzSimilar shows that no pattern panics or hangs.
func FuzzSimilar(f *testing.F) {
	f.Add("abc", "(a|b)%[c-e]+{2}")
	f.Add("]", "[]]")
	f.Fuzz(func(_ *testing.T, text, pattern string) {
		if m, err := compileSimilar(pattern, '\\'); err == nil {
			m(text)
		}
	})
}

// TestRoundDigits compares with exact decimal arithmetic on the shortest decimal form.
func TestRoundDigits(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(2, 2))
	for range 5000 {
		n := float64(rng.Int64N(2_000_000)-1_000_000) / []float64{1, 10, 100, 1000, 1e5, 3, 7}[rng.IntN(7)]
		digits := int64(rng.IntN(12) - 4)
		if got, want := roundDigits(n, digits), exactRound(n, digits); got != want {
			t.Fatalf("round(%v, %d) = %v, want %v", n, digits, got, want)
		}
	}
}

func exactRound(n float64, digits int64) float64 {
	exact, _ := new(big.Rat).SetString(new(big.Float).SetFloat64(n).Text('g', -1))
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(digits, -digits)), nil))
	if digits < 0 {
		scale.Inv(scale)
	}
	exact.Mul(exact, scale)
	half := big.NewRat(1, 2)
	if exact.Sign() < 0 {
		half.Neg(half)
	}
	exact.Add(exact, half)
	whole := new(big.Int).Quo(exact.Num(), exact.Denom())
	result := new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale)
	f, _ := result.Float64()
	return f
}
