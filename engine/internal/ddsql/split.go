package ddsql

// Piece is one statement's place in a text of several, without the semicolon and the white space around it; the comments
// before and after the statement belong to it.
type Piece struct {
	Start, End int
	// Terminated says that a semicolon followed.
	Terminated bool
}

// Split cuts a text at its semicolons: those outside of quotes, comments and parentheses, as psql does. Pieces that hold
// nothing but white space and comments are left out. It also tells what the text still lacks at its end, so that a shell
// knows whether to ask for more; the last piece is then incomplete.
func Split(text string) ([]Piece, Open) {
	s := newScanner(text)
	var pieces []Piece
	start, begun, depth := leadingSpace(text, 0), false, 0
	for {
		from := s.pos
		t, err := s.next()
		switch {
		case err != nil && s.open != OpenNothing:
			if s.open == OpenComment && !begun {
				return pieces, s.open
			}
			return append(pieces, Piece{Start: start, End: len(text)}), s.open
		case err != nil:
			// A character that no token begins with, or a malformed number: the parser will say so.
			if s.pos == from {
				s.pos++
			}
			begun = true
		case t.kind == kindEOF:
			if begun {
				pieces = append(pieces, Piece{Start: start, End: trailingSpace(text, t.pos)})
			}
			if depth > 0 {
				return pieces, OpenParen
			}
			return pieces, OpenNothing
		case t.isPunct(";") && depth == 0:
			if begun {
				pieces = append(pieces, Piece{Start: start, End: trailingSpace(text, t.pos), Terminated: true})
			}
			start, begun = leadingSpace(text, t.end), false
		default:
			depth = max(0, depth+nesting(&t))
			begun = true
		}
	}
}

func nesting(t *token) int {
	switch {
	case t.isPunct("("), t.isPunct("["):
		return 1
	case t.isPunct(")"), t.isPunct("]"):
		return -1
	}
	return 0
}

func trailingSpace(text string, to int) int {
	for to > 0 && isSpace(text[to-1]) {
		to--
	}
	return to
}

func leadingSpace(text string, from int) int {
	for from < len(text) && isSpace(text[from]) {
		from++
	}
	return from
}
