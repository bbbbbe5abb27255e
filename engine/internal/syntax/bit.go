package syntax

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// Bit marks a 0 or 1 that a client of MySQL compares with something else than a constant: against a boolean it is false or true.
func Bit(e, other Expr) Expr {
	k, ok := e.(*Literal)
	if _, constant := other.(*Literal); !ok || constant || k.Kind != IntLit || k.Text != "0" && k.Text != "1" {
		return e
	}
	return &MySQLBit{Pos: k.Pos, One: k.Text == "1"}
}

// HexText is MySQL's X'…' by its digits, as the text whose bytes they are: that is how drivers write strings which they cannot quote.
// It is text and nothing else: where MySQL takes it for a number, a type does not match here. ok is false if the bytes are no text.
func HexText(pos Pos, digits string) (e Expr, ok bool) {
	text, err := hex.DecodeString(strings.ToLower(digits))
	if err != nil || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return nil, false
	}
	return &Cast{Pos: pos, Arg: &Literal{Pos: pos, Kind: StringLit, Text: string(text)}, Type: TypeName{Name: "text", Pos: -1}}, true
}
