package line

// Assistant knows the language that is typed. All places are in bytes.
type Assistant interface {
	// Done says whether a text is whole, so that Enter ends it rather than begins a new line.
	Done(text string) bool
	// Paint gives styles to a text, in order and without overlap. pos is the cursor's place.
	Paint(text string, pos int) []Span
	// Open says for each line of a text but the first what is open where it begins, such as ' or (; "" for nothing.
	Open(text string) []string
	// Complete says what could stand at a place.
	Complete(text string, pos int) Completion
}

// Completion is what could stand in place of the bytes Start..End.
type Completion struct {
	Start, End int
	Items      []Item
	// Note is shown in place of items, when there is something to say.
	Note string
	// Later is closed when there is more to say; nil: this is all.
	Later <-chan struct{}
}

// Item is one of the things that could stand there.
type Item struct {
	Text string // what is put in place
	Note string // what it is, for the menu
}
