package engine

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/credsql/credsql/engine/internal/ddsql"
)

const (
	// parsesKept is how many statements are remembered.
	parsesKept = 256
	// longestKept is the longest text that is remembered, in bytes: its tree takes some thirty times as much.
	longestKept = 2 << 10
)

// parses remembers the DDSQL statements that were read lately, for all sessions: dashboards, \watch and drivers ask the same ones again, and
// reading is a quarter of what a small statement costs. Sessions can share a tree, for nothing changes it once it is made.
type parses struct {
	kept *lru.Cache[parseKey, request]
}

// parseKey is all that a tree depends on.
type parseKey struct {
	text    string
	options ddsql.Options
}

func newParses() (*parses, error) {
	kept, err := lru.New[parseKey, request](parsesKept)
	return &parses{kept}, err
}

// read gives the one statement of a text.
func (p *parses) read(text string, options ddsql.Options) (request, error) {
	key := parseKey{text, options}
	if r, ok := p.kept.Get(key); ok {
		return r, nil
	}
	parsed, err := ddsql.Parse(text, options)
	if err != nil {
		return request{}, err
	}
	if len(parsed) != 1 {
		return request{}, oneStatement(len(parsed))
	}
	r := request{statement: parsed[0].Statement, start: parsed[0].Start, params: parsed[0].Params}
	if len(text) <= longestKept {
		p.kept.Add(key, r)
	}
	return r, nil
}
