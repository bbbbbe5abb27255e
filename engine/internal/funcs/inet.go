package funcs

func inetFunctions() []*Function { return nil }
