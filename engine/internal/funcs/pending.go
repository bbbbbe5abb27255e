package funcs

func statisticFunctions() []*Function  { return nil }
func orderedSetFunctions() []*Function { return nil }
func mysqlFunctions() []*Function      { return nil }
