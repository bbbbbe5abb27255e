package funcs

func hstoreFunctions() []*Function { return nil }
