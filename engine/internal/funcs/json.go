package funcs

func jsonFunctions() []*Function { return nil }
