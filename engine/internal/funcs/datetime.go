package funcs

func dateFunctions() []*Function { return nil }
