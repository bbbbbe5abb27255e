// Package lang is what the shell needs to know of a language: how its texts fall into tokens. Who starts the shell brings it; nothing
// here or above knows the engine that answers.
package lang

// Kind is what a token is.
type Kind uint8

// The kinds of tokens. Other is a character that no token begins with, such as a backslash.
const (
	Word Kind = iota
	Keyword
	Name // "quoted" or `quoted`
	String
	Number
	Param
	Operator
	Punct
	Comment
	Other
)

// Token is a piece of a text by its place in bytes. White space is in none.
type Token struct {
	Kind       Kind
	Start, End int
}

// Lexer cuts any text into tokens, finished or not, in linear time. open is what the last token lacks, if it is a string, a name
// or a comment without its end.
type Lexer func(text string) (tokens []Token, open string)
