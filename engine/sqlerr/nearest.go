package sqlerr

import "strings"

// Nearest is the candidate that a user most likely meant by name, or "": by edit distance (with transpositions) of at most a third of
// the name, else one that contains it or is contained.
func Nearest(name string, candidates []string) string {
	best, bestCost := "", max(1, len(name)/3)+1
	for _, c := range candidates {
		if cost := editDistance(strings.ToLower(name), strings.ToLower(c), bestCost); cost < bestCost {
			best, bestCost = c, cost
		}
	}
	if best != "" || len(name) < 3 {
		return best
	}
	for _, c := range candidates {
		if strings.Contains(c, name) && (best == "" || len(c) < len(best)) {
			best = c
		}
	}
	return best
}

// editDistance is the optimal string alignment distance, or limit when it is at least that.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return min(prev[len(b)], limit)
}
