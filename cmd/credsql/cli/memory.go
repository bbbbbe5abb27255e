package cli

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// byteSize is a flag.Value: a number of bytes, such as 512MB or 2GiB; the units are powers of 1024.
type byteSize int64

func (b *byteSize) Type() string { return "size" }

func (b *byteSize) String() string {
	if *b == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*b), 10)
}

func (b *byteSize) Set(s string) error {
	digits := strings.TrimRight(s, "kKmMgGtTiIbB")
	n, err := strconv.ParseFloat(digits, 64)
	shift, ok := map[string]float64{"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}[strings.TrimRight(strings.ToLower(s[len(digits):]), "ib")]
	if err != nil || !ok || !(n > 0) || n*shift > math.MaxInt64/2 {
		return fmt.Errorf("%q is not a size; write 512MB or 2GB", s)
	}
	*b = byteSize(n * shift)
	return nil
}

// memory is the limit that was asked for, or half of what there is; 0, the engine's own default, when that is not known.
func (a *app) memory() int64 {
	if a.query.maxMemory > 0 {
		return int64(a.query.maxMemory)
	}
	if a.io.Memory == nil {
		return 0
	}
	return a.io.Memory() / 2
}

// limitHeap keeps the heap below what there is: the collector lets garbage pile up to as much as is in use, and half of what there is
// may be in use by one statement. GOMEMLIMIT, which the runtime reads itself, goes before.
func (a *app) limitHeap() {
	if _, set := a.io.Env("GOMEMLIMIT"); set || a.io.Memory == nil {
		return
	}
	if n := a.io.Memory(); n > 0 {
		debug.SetMemoryLimit(n / 5 * 4)
	}
}

// availableMemory is what the control group allows, or what the machine has; 0 when neither says.
func availableMemory() int64 {
	least := machineMemory()
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// machineMemory is what /proc/meminfo says; 0 where there is none.
func machineMemory() int64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := strings.Fields(s.Text())
		if len(fields) >= 2 && fields[0] == "MemTotal:" {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			return n << 10
		}
	}
	return 0
}
