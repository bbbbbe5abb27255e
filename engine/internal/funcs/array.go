package funcs

func arrayFunctions() []*Function { return nil }
