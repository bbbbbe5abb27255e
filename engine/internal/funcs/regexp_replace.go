package funcs

func regexpReplace(names string) *Overload {
	return regexpCall(names, false, "regexp_replace", func(s *regexpSearch, text string) (string, bool, error) {
		out, err := s.replace(text)
		return out, true, err
	})
}

// replace replaces the n-th match, or every match.
func (s *regexpSearch) replace(text string) (string, error) {
	nth := s.n
	if s.global && !s.hasN {
		nth = 0
	}
	var out []byte
	done, seen := 0, int64(0)
	err := s.each(text, func(loc []int) bool {
		if seen++; nth > 0 && seen < nth {
			return true
		}
		out = append(out, text[done:loc[0]]...)
		out = s.replacement.Append(out, text, loc)
		done = loc[1]
		return nth == 0 && len(out) <= maxText
	})
	if err != nil {
		return "", err
	}
	if done == 0 && out == nil {
		return text, nil
	}
	out = append(out, text[done:]...)
	return string(out), checkLength(len(out))
}
