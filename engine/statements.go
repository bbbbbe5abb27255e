package engine

import (
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// set runs SET and RESET.
func (s *Session) set(stmt *syntax.Set) (*Rows, error) {
	var err error
	if stmt.Default {
		err = s.Reset(stmt.Name)
	} else {
		err = s.Set(stmt.Name, stmt.Value)
	}
	if err != nil {
		return nil, sqlerr.Place(err, stmt.Pos)
	}
	return s.textRows(nil, nil), nil
}

// show runs SHOW of a setting, or SHOW ALL.
func (s *Session) show(stmt *syntax.Show) (*Rows, error) {
	if stmt.Name == "all" {
		return s.showAll(), nil
	}
	found, err := s.engine.settings.find(stmt.Name)
	if err != nil {
		return nil, sqlerr.Place(err, stmt.Pos)
	}
	value, _ := s.lookup(s.now())(found.name)
	return s.textRows([]string{found.name}, [][]string{{value}}), nil
}

func (s *Session) showAll() *Rows {
	lookup := s.lookup(s.now())
	var rows [][]string
	for _, name := range s.engine.settings.names() {
		value, _ := lookup(name)
		rows = append(rows, []string{name, value, s.engine.settings.byName[name].doc})
	}
	return s.textRows([]string{"name", "setting", "description"}, rows)
}
