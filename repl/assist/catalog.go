// Package assist knows what a statement that is being typed is about: which tables and columns are in scope at a place, what could
// stand there, and what looks wrong. It reads tokens, never a tree, because what is typed is mostly not finished; so it is sure of little and says
// nothing where it is not.
package assist

import "github.com/credsql/credsql/repl/lang"

// Column is a column of a table.
type Column struct {
	Name, Type, Doc string
}

// Table is a table.
type Table struct {
	Schema, Name, Doc string
	Columns           []Column
}

// QualifiedName is the name with its schema.
func (t *Table) QualifiedName() string {
	if t.Schema == "" {
		return t.Name
	}
	return t.Schema + "." + t.Name
}

// Function is a function.
type Function struct {
	Name      string
	Signature string // of its first form
	Doc       string
	Table     bool // called in FROM
}

// Catalog is what there is to name. Everything is sorted by name.
type Catalog struct {
	Tables    []Table
	Functions []Function
	Keywords  []string // upper case
	Types     []string // lower case
	Settings  []string
}

// Values knows what columns hold. Its methods answer at once with what there is.
type Values interface {
	// Column gives the values of a column of few.
	Column(table, column string) Found
	// Keys gives the keys that a column of tags has.
	Keys(table, column string) Found
	// Tagged gives the values of one key.
	Tagged(table, column, key string) Found
}

// Found is what is known of a column's values.
type Found struct {
	Values []string
	// Note says why there are none.
	Note string
	// Later is closed when they have been read; nil: nothing is being read.
	Later <-chan struct{}
}

// Assistant answers for one catalogue. It is safe for concurrent use if Values is.
type Assistant struct {
	lex       lang.Lexer
	catalog   Catalog
	values    Values
	tables    map[string]*Table // by both names
	functions map[string]*Function
	words     map[string]bool // type names and the like, which are neither columns nor keywords
}

// New makes an assistant.
func New(lex lang.Lexer, catalog Catalog, values Values) *Assistant {
	a := &Assistant{lex: lex, catalog: catalog, values: values, tables: map[string]*Table{}, functions: map[string]*Function{}, words: map[string]bool{}}
	for i := range catalog.Tables {
		t := &catalog.Tables[i]
		a.tables[t.QualifiedName()] = t
		a.tables[t.Name] = t
		a.words[t.Schema] = true
	}
	for i := range catalog.Functions {
		a.functions[catalog.Functions[i].Name] = &catalog.Functions[i]
	}
	for _, w := range catalog.Types {
		a.words[w] = true
	}
	for _, w := range plainWords {
		a.words[w] = true
	}
	return a
}

// plainWords have a meaning in some place where a column's name could stand as well.
var plainWords = []string{"year", "month", "day", "hour", "minute", "second", "week", "quarter", "dow", "doy", "epoch", "precision", "double",
	"text", "separator", "off", "format", "json", "yaml", "without", "timezone", "local", "always", "nothing", "respect", "ignore", "current_user",
	"century", "decade", "millennium", "isodow", "isoyear", "millisecond", "milliseconds", "microsecond", "microseconds", "julian", "days", "months", "years",
	"session_user", "user", "localtime", "localtimestamp", "current_time", "overlay", "position", "placing", "substring", "trim", "nothing", "no", "others"}
