package funcs

func intervalFunctions() []*Function { return nil }
