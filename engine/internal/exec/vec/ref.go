package vec

// Ref names a row among several chunks.
type Ref uint64

// NoRow is no row at all: gathered, it is NULL.
const NoRow = ^Ref(0)

// MakeRef names row of chunk.
func MakeRef(chunk, row int) Ref { return Ref(chunk)<<32 | Ref(uint32(row)) }

// Chunk is which chunk.
func (r Ref) Chunk() int { return int(r >> 32) }

// Row is which row of its chunk.
func (r Ref) Row() int { return int(uint32(r)) }
