package funcs

// substringMatch is SUBSTRING(text FROM pattern): the first match's first group, or the whole match when the pattern has none; NULL
// without a match, or where the group took no part in it.
func substringMatch() *Overload {
	return regexpCall("text, pattern", false, "substring", func(s *regexpSearch, text string) (string, bool, error) {
		loc, err := s.find(text, 0)
		if loc == nil || err != nil {
			return "", false, err
		}
		if len(loc) > 2 {
			loc = loc[2:4]
		}
		if loc[0] < 0 {
			return "", false, nil
		}
		return text[loc[0]:loc[1]], true, nil
	})
}
