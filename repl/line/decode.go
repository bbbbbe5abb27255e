package line

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Limits of what a terminal may send us in one piece.
const (
	maxSequence = 64       // bytes of an escape sequence
	maxPaste    = 16 << 20 // bytes of a paste; the rest is dropped
)

// decoder turns the bytes of a terminal into keys. It keeps what is not complete for the next bytes, so that a slow connection may
// cut a sequence anywhere. A lone escape is known as such only when the next byte comes.
type decoder struct {
	rest    []byte
	pasting bool
	paste   []byte

	mu     sync.Mutex
	pastes []string
}

const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// feed takes bytes and gives the keys that are complete.
func (d *decoder) feed(b []byte) []rune {
	d.rest = append(d.rest, b...)
	var keys []rune
	for len(d.rest) > 0 {
		if d.pasting {
			if !d.feedPaste() {
				return keys
			}
			keys = append(keys, keyPaste)
			continue
		}
		key, n := decodeKey(d.rest)
		if n == 0 {
			break
		}
		if strings.HasPrefix(string(d.rest[:n]), pasteBegin) {
			d.pasting = true
		}
		d.rest = d.rest[n:]
		if key != 0 {
			keys = append(keys, key)
		}
	}
	return keys
}

// feedPaste moves pasted bytes to the paste, and reports whether its end has come.
func (d *decoder) feedPaste() bool {
	i := strings.Index(string(d.rest), pasteEnd)
	end := i
	if i < 0 {
		end = max(0, len(d.rest)-len(pasteEnd)+1) // the end may be cut
	}
	d.paste = append(d.paste, d.rest[:min(end, maxPaste-len(d.paste))]...)
	d.rest = d.rest[end:]
	if i < 0 {
		return false
	}
	d.rest = d.rest[len(pasteEnd):]
	d.mu.Lock()
	d.pastes = append(d.pastes, cleanPaste(string(d.paste)))
	d.mu.Unlock()
	d.pasting, d.paste = false, nil
	return true
}

// takePaste gives the oldest paste that was not taken.
func (d *decoder) takePaste() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.pastes) == 0 {
		return ""
	}
	p := d.pastes[0]
	d.pastes = d.pastes[1:]
	return p
}

// cleanPaste makes line breaks line feeds and tabs spaces, and drops what no key would type.
func cleanPaste(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(s)
	return strings.Map(func(r rune) rune {
		if r != '\n' && !isText(r) {
			return -1
		}
		return r
	}, s)
}

// isText says whether a rune may stand in the text.
func isText(r rune) bool {
	return r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f) && (r < 0x10f000 || r > 0x10ffff) && r != utf8.RuneError && r != '\ufeff'
}

// decodeKey reads the first key of b: its key, 0 if it has no meaning, and its length, 0 if more bytes are needed.
func decodeKey(b []byte) (key rune, n int) {
	if b[0] == byte(escape) {
		return decodeEscape(b)
	}
	if !utf8.FullRune(b) {
		return 0, 0
	}
	r, n := utf8.DecodeRune(b)
	if control, ok := controls[r]; ok {
		return control, n
	}
	if r >= ' ' && !isText(r) && r != backspace || r == 0 {
		return 0, n
	}
	return r, n
}

// decodeEscape reads what begins with an escape.
func decodeEscape(b []byte) (key rune, n int) {
	if len(b) == 1 {
		return 0, 0
	}
	switch b[1] {
	case '[':
		return decodeCSI(b)
	case 'O':
		if len(b) == 2 {
			return 0, 0
		}
		return finals[b[2]], 3
	case byte(escape):
		return keyEscape, 1
	}
	if key, ok := altKeys[b[1]]; ok {
		return key, 2
	}
	return keyEscape, 1 // what follows is a key of its own
}

// decodeCSI reads ESC [ parameters final.
func decodeCSI(b []byte) (key rune, n int) {
	for i := 2; i < len(b); i++ {
		if b[i] >= 0x40 && b[i] <= 0x7e {
			return csiKey(string(b[2:i]), b[i]), i + 1
		}
		if b[i] < 0x20 || b[i] > 0x3f || i > maxSequence {
			return 0, i // not a sequence: what is odd begins anew
		}
	}
	return 0, 0
}

// csiKey is the key of a sequence. A second parameter tells the modifiers.
func csiKey(params string, final byte) rune {
	number, modifier, _ := strings.Cut(params, ";")
	if final == '~' {
		key := tildes[number]
		if key == keyDelete && modifier != "" {
			return keyDeleteWord
		}
		return key
	}
	key := finals[final]
	if modifier == "" && number != "" && number != "1" {
		modifier = number // ESC [ 5 C of older terminals
	}
	if modifier != "" && modifier != "1" && modifier != "2" {
		switch key {
		case keyLeft:
			return keyWordLeft
		case keyRight:
			return keyWordRight
		}
	}
	return key
}

var finals = map[byte]rune{
	'A': keyUp, 'B': keyDown, 'C': keyRight, 'D': keyLeft, 'H': keyHome, 'F': keyEnd, 'Z': keyBackTab,
	'c': keyWordRight, 'd': keyWordLeft, 'M': enter,
}

var tildes = map[string]rune{"1": keyHome, "7": keyHome, "4": keyEnd, "8": keyEnd, "3": keyDelete, "5": keyPageUp, "6": keyPageDown}

var altKeys = map[byte]rune{
	'b': keyWordLeft, 'f': keyWordRight, 'd': keyDeleteWord, 0x7f: keyBackspaceWord, 0x08: keyBackspaceWord, '\r': keyNewline, '\n': keyNewline,
}
