package sqlgen

import "math/rand/v2"

// choices is where all randomness comes from: a list of numbers that is drawn from a seed and remembered, or replayed. Where it is at its end
// every choice is 0, which everywhere means the simplest.
type choices struct {
	rng    *rand.Rand // nil when replaying
	trace  []uint32
	at     int
	replay bool
}

func fromSeed(seed uint64) *choices {
	return &choices{rng: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
}

func fromTrace(trace []uint32) *choices { return &choices{trace: trace, replay: true} }

// n chooses a number from 0 to k-1.
func (c *choices) n(k int) int {
	if k <= 1 {
		return 0
	}
	if c.replay {
		c.at++
		if c.at > len(c.trace) {
			return 0
		}
		return int(c.trace[c.at-1]) % k
	}
	v := c.rng.IntN(k)
	c.trace = append(c.trace, uint32(v))
	return v
}

// chance is true in so many of a hundred cases; the simplest is false.
func (c *choices) chance(percent int) bool { return c.n(100) >= 100-percent }

func one[T any](c *choices, list []T) T { return list[c.n(len(list))] }

// Shrink leaves choices out, and makes them smaller, as long as fails says that the query still does what it should not. It asks at most
// so many times.
func Shrink(trace []uint32, asks int, fails func([]uint32) bool) []uint32 {
	s := &shrinker{best: trace, asks: asks, fails: fails}
	for improved := true; improved && s.asks > 0; {
		improved = false
		for size := len(s.best) / 2; size >= 1; size /= 2 {
			improved = s.cut(size) || improved
		}
		improved = s.lower() || improved
	}
	return s.best
}

type shrinker struct {
	best  []uint32
	asks  int
	fails func([]uint32) bool
}

func (s *shrinker) try(trace []uint32) bool {
	if s.asks--; s.asks < 0 || !s.fails(trace) {
		return false
	}
	s.best = trace
	return true
}

// cut leaves out runs of choices of one length.
func (s *shrinker) cut(size int) (improved bool) {
	for from := 0; from+size <= len(s.best); {
		shorter := append(append([]uint32(nil), s.best[:from]...), s.best[from+size:]...)
		if s.try(shorter) {
			improved = true
		} else {
			from += size
		}
	}
	return improved
}

// lower makes single choices smaller.
func (s *shrinker) lower() (improved bool) {
	for i := 0; i < len(s.best); i++ {
		for v := s.best[i]; v > 0; v /= 2 {
			smaller := append([]uint32(nil), s.best...)
			smaller[i] = v / 2
			if i < len(s.best) && s.try(smaller) {
				improved = true
			} else {
				break
			}
		}
	}
	return improved
}
