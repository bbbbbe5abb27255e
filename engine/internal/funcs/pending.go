package funcs

func mysqlFunctions() []*Function { return nil }
