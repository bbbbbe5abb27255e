package icu

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"
)

// TestSets compares the sets of classes and properties with ICU 72's: number of members and FNV-1a hash of them, three bytes each.
// Surrogates are left out.
func TestSets(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/sets.txt", func(t *testing.T, f []string) {
		tree, _, err := parse(f[0], 0)
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			return
		}
		prog, err := compile(tree, 0)
		if err != nil {
			t.Fatal(err)
		}
		h, n := fnv.New64a(), 0
		for r := rune(0); r <= maxRune; r++ {
			if 0xD800 <= r && r <= 0xDFFF || !takes(&prog.insts[0], r) {
				continue
			}
			n++
			h.Write(binary.BigEndian.AppendUint32(nil, uint32(r))[1:])
		}
		if got := fmt.Sprintf("%d %016x", n, h.Sum64()); got != f[1]+" "+f[2] {
			t.Errorf("%s: %s, want %s %s", f[0], got, f[1], f[2])
		}
	})
}

func takes(in *inst, r rune) bool {
	if in.op == opRune {
		return in.r == r
	}
	return in.set.has(r)
}
