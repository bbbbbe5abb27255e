package engine

import "github.com/credsql/credsql/engine/internal/syntax"

// set runs SET and RESET.
func (s *Session) set(stmt *syntax.Set) (*Rows, error) {
	var err error
	if stmt.Default {
		err = s.Reset(stmt.Name)
	} else {
		err = s.Set(stmt.Name, stmt.Value)
	}
	if err != nil {
		return nil, err
	}
	return s.textRows(nil, nil), nil
}

// show runs SHOW of a setting, or of all.
func (s *Session) show(stmt *syntax.Show) (*Rows, error) {
	found, err := s.engine.settings.find(stmt.Name)
	if err != nil {
		return nil, err
	}
	value, _ := s.lookup(s.now())(found.name)
	return s.textRows([]string{found.name}, [][]string{{value}}), nil
}
