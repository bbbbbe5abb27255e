package cli

import "testing"

func TestByteSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"1024": 1024, "10kB": 10 << 10, "512MB": 512 << 20, "1.5GiB": 3 << 29, "2g": 2 << 30} {
		var b byteSize
		if err := b.Set(text); err != nil || int64(b) != want {
			t.Errorf("%s: got %d, %v; want %d", text, b, err, want)
		}
	}
	for _, text := range []string{"", "x", "-1", "0", "1x", "GB", "1e300GB", "NaN"} {
		var b byteSize
		if err := b.Set(text); err == nil {
			t.Errorf("%q must be refused, but gave %d", text, b)
		}
	}
}
