package assist

import "slices"

// find finds a source by its alias, from the inside out.
func (s *scope) find(alias string) *source {
	for ; s != nil; s = s.outer {
		for _, src := range s.sources {
			if src.alias == alias {
				return src
			}
		}
	}
	return nil
}

// hasColumn says whether some source in scope has a column, or may have.
func (s *scope) hasColumn(name string) bool {
	for ; s != nil; s = s.outer {
		if s.doubt || slices.Contains(s.labels, name) {
			return true
		}
		for _, src := range s.sources {
			if !src.known || slices.Contains(src.columns, name) || src.alias == name {
				return true
			}
		}
	}
	return false
}

// reads says whether the scope or one around it has a FROM whose tables are known, so that a name can be unknown.
func (s *scope) reads() bool {
	for ; s != nil; s = s.outer {
		if s.from && len(s.sources) > 0 {
			return true
		}
	}
	return false
}

// column finds a column's table, for its values and its documentation.
func (s *scope) column(qualifier, name string) (*Table, *Column) {
	for ; s != nil; s = s.outer {
		for _, src := range s.sources {
			if qualifier != "" && src.alias != qualifier {
				continue
			}
			if c := src.table.column(name); c != nil {
				return src.table, c
			}
		}
	}
	return nil, nil
}

func (t *Table) column(name string) *Column {
	if t == nil {
		return nil
	}
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i]
		}
	}
	return nil
}
