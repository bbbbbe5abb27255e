package funcs

import (
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

func arrayAggOverload() *Overload {
	o := overload("value", column.Unknown, column.Unknown).poly(AnyList, AnyElem)
	o.NullCalled = true
	return aggregate(safe(o), func(args []column.Type) State { return &listState{elem: args[0]} })
}

// listState collects values, NULLs included.
type listState struct {
	elem  column.Type
	items []column.Value
}

var _ State = (*listState)(nil)

func (s *listState) Add(args []column.Value) error {
	s.items = append(s.items, args[0])
	return nil
}

func (s *listState) Merge(other State) error {
	s.items = append(s.items, other.(*listState).items...)
	return nil
}

func (s *listState) Result() (column.Value, error) {
	if s.items == nil {
		return nil, nil
	}
	return &column.List{Elem: s.elem, Items: slices.Clip(s.items)}, nil
}

func stringAggOverload() *Overload {
	o := overload("text, delimiter", column.Text, column.Text, column.Text)
	o.NullCalled = true // a NULL delimiter does not make its text vanish
	return aggregate(o, func([]column.Type) State { return new(joinState) })
}

// maxJoined caps the text that one aggregate makes, in bytes.
const maxJoined = 256 << 20

// joinState joins texts. Each has its own delimiter, which stands before it; the first one's is kept aside for Merge.
type joinState struct {
	text  strings.Builder
	first string // delimiter
	some  bool
}

var _ State = (*joinState)(nil)

func (s *joinState) Add(args []column.Value) error {
	text, ok := args[0].(string)
	if !ok {
		return nil
	}
	delimiter, _ := args[1].(string)
	return s.join(delimiter, text)
}

func (s *joinState) join(delimiter, text string) error {
	if s.some {
		s.text.WriteString(delimiter)
	} else {
		s.first, s.some = delimiter, true
	}
	s.text.WriteString(text)
	return checkJoined(s.text.Len())
}

func checkJoined(bytes int) error {
	if bytes > maxJoined {
		return sqlerr.New(sqlerr.CodeProgramLimit, "the text of an aggregate is larger than 256 MiB")
	}
	return nil
}

func (s *joinState) Merge(other State) error {
	o := other.(*joinState)
	if !o.some {
		return nil
	}
	return s.join(o.first, o.text.String())
}

func (s *joinState) Result() (column.Value, error) {
	if !s.some {
		return nil, nil
	}
	return s.text.String(), nil
}
