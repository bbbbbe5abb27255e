package exec

import "slices"

// sortRun is the longest run that is sorted at one go, between two looks at the context.
const sortRun = 1 << 15

// sortAll sorts by compare, which tells any two elements apart, with all workers: runs first, which are then merged. The elements may
// be given back in another slice.
func sortAll[T any](x *run, all []T, compare func(a, b T) int) ([]T, error) {
	size := min(max((len(all)+x.workers-1)/x.workers, 1024), sortRun)
	runs := slices.Collect(slices.Chunk(all, size))
	if len(runs) == 0 {
		return all, nil
	}
	err := x.each(len(runs), func(_, i int) error {
		slices.SortFunc(runs[i], compare)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for len(runs) > 1 {
		merged := make([][]T, (len(runs)+1)/2)
		err := x.each(len(merged), func(_, i int) error {
			if 2*i+1 == len(runs) {
				merged[i] = runs[2*i]
			} else {
				merged[i] = merge(runs[2*i], runs[2*i+1], compare)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		runs = merged
	}
	return runs[0], nil
}

func merge[T any](a, b []T, compare func(x, y T) int) []T {
	out := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
