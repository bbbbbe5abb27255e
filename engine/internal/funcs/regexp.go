package funcs

func regexpFunctions() []*Function { return nil }
