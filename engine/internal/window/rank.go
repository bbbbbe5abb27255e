package window

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// ints is a result of BIGINTs without NULL, by row.
func (w *work) ints(f func(p *partition, out []int64)) (*column.Vector, error) {
	out := make([]int64, w.rows.N)
	err := w.eachPartition(func(p *partition) error {
		f(p, out)
		return nil
	})
	return &column.Vector{Type: column.Int64, N: w.rows.N, Ints: out}, err
}

// floats is a result of DECIMALs without NULL, by row: one value for each group of peers.
func (w *work) floats(f func(p *partition, group int) float64) (*column.Vector, error) {
	out := make([]float64, w.rows.N)
	err := w.eachPartition(func(p *partition) error {
		for g := range p.groups() {
			x := f(p, g)
			for _, row := range p.rows[p.peers[g]:p.peers[g+1]] {
				out[row] = x
			}
		}
		return nil
	})
	return &column.Vector{Type: column.Float64, N: w.rows.N, Floats: out}, err
}

// rowNumber counts the rows of the partition from 1.
func (w *work) rowNumber() (*column.Vector, error) {
	return w.ints(func(p *partition, out []int64) {
		for at, row := range p.rows {
			out[row] = int64(at) + 1
		}
	})
}

// rank is the row number of the first peer.
func (w *work) rank() (*column.Vector, error) {
	return w.ints(func(p *partition, out []int64) {
		for g := range p.groups() {
			for _, row := range p.rows[p.peers[g]:p.peers[g+1]] {
				out[row] = int64(p.peers[g]) + 1
			}
		}
	})
}

// denseRank counts the groups of peers.
func (w *work) denseRank() (*column.Vector, error) {
	return w.ints(func(p *partition, out []int64) {
		for g := range p.groups() {
			for _, row := range p.rows[p.peers[g]:p.peers[g+1]] {
				out[row] = int64(g) + 1
			}
		}
	})
}

// percentRank is (rank - 1) / (rows of the partition - 1).
func (w *work) percentRank() (*column.Vector, error) {
	return w.floats(func(p *partition, g int) float64 {
		if p.len() == 1 {
			return 0
		}
		return float64(p.peers[g]) / float64(p.len()-1)
	})
}

// cumeDist is the share of the partition's rows up to the last peer.
func (w *work) cumeDist() (*column.Vector, error) {
	return w.floats(func(p *partition, g int) float64 { return float64(p.peers[g+1]) / float64(p.len()) })
}

// ntile splits the partition into buckets of sizes that differ by one at most, the larger ones first. As in PostgreSQL the number of
// buckets is read once, from the first row where it is not NULL; rows before that are NULL, and buckets are filled from there.
func (w *work) ntile() (*column.Vector, error) {
	buckets := w.in.Args[0]
	out := make([]int64, w.rows.N)
	valid := column.NewBitmap(w.rows.N)
	err := w.eachPartition(func(p *partition) error {
		first := 0
		for first < p.len() && buckets.IsNull(int(p.rows[first])) {
			first++
		}
		if first == p.len() {
			return nil
		}
		k := buckets.Int(int(p.rows[first]))
		if k <= 0 {
			return w.argError(sqlerr.New(sqlerr.CodeInvalidNtile, "argument of ntile must be greater than zero"), 0)
		}
		n := int64(p.len())
		for at, row := range p.rows[first:] {
			valid.Set(int(row))
			out[row] = bucketOf(int64(at), n/k, n%k)
		}
		return nil
	})
	return &column.Vector{Type: column.Int64, N: w.rows.N, Ints: out, Valid: valid}, err
}

// bucketOf is the 1-based bucket of a place, when the first larger buckets hold size+1 rows and the others size.
func bucketOf(at, size, larger int64) int64 {
	if at < larger*(size+1) {
		return at/(size+1) + 1
	}
	return larger + (at-larger*(size+1))/size + 1
}
