package line

// Style is how a piece of text looks. The colours are the terminal's own sixteen, so that they suit its background.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Keyword
	Function
	String
	Number
	Name
	Comment
	Unknown // what is no column, table or function
	Meta    // a command of the shell
	Bracket // the partner of the bracket at the cursor
	Faint
	Strong
	Prompt
	Chosen // of a menu
)

// codes are the styles as the terminal takes them.
var codes = [...]string{
	Plain: "", Keyword: "\x1b[1;34m", Function: "\x1b[36m", String: "\x1b[32m", Number: "\x1b[35m", Name: "", Comment: "\x1b[2m",
	Unknown: "\x1b[4;31m", Meta: "\x1b[1;35m", Bracket: "\x1b[1;7m", Faint: "\x1b[2m", Strong: "\x1b[1m", Prompt: "\x1b[1;32m", Chosen: "\x1b[7m",
}

const reset = "\x1b[0m"

// Span is the style of the bytes Start..End of a text.
type Span struct {
	Start, End int
	Style      Style
}

// Segment is a piece of a prompt.
type Segment struct {
	Text  string
	Style Style
}
