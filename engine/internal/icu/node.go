package icu

// node is a part of a pattern.
type node interface{}

type (
	// literal is a run of characters; fold compares by case folding, in which one character may equal several.
	literal struct {
		runes []rune
		fold  bool
	}
	// charSet is one character of a set.
	charSet struct{ set runeSet }
	// anyChar is the dot of the mode s: any character, with \r\n taken as one.
	anyChar struct{}
	// newline is \R: a line end, with \r\n taken as one and never apart.
	newline struct{}
	// assertion holds at a place or does not.
	assertion struct{ kind assertKind }
	// group is a capture group, numbered from 1.
	group struct {
		index int
		body  node
	}
	concat    struct{ parts []node }
	alternate struct{ branches []node }
	// repeat is a quantifier; max is -1 without a limit.
	repeat struct {
		body     node
		min, max int
		lazy     bool
	}
	// atomic keeps the first way in which its body matches.
	atomic struct{ body node }
	// look is look-ahead or look-behind.
	look struct {
		behind, negative bool
		body             node
		// min and max are the lengths that a look-behind's body can have, in characters.
		min, max int
	}
	backref struct {
		group int
		fold  bool
	}
)

// assertKind says what an assertion asks of its place.
type assertKind uint8

const (
	assertTextStart      assertKind = iota // \A, and ^ without the mode m
	assertTextEnd                          // \z
	assertLastLineEnd                      // \Z, and $ without the mode m: at the end, or before a line end that ends the text
	assertLineStart                        // ^ in the mode m
	assertFirstLineStart                   // the same, where a match can begin with nothing else: not between \r and \n
	assertLineEnd                          // $ in the mode m
	assertWordEdge                         // \b
	assertNotWordEdge                      // \B
	assertNotBeforeLF                      // the rest of \r\n as one character
)
