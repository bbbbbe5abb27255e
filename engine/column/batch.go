package column

// Batch is N rows of several columns.
type Batch struct {
	N    int
	Cols []*Vector
}
