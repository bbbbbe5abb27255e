package funcs

func tableFunctions() []*Function { return nil }
