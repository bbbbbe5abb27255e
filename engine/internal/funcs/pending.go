package funcs

func numericFunctions() []*Function     { return nil }
func stringFunctions() []*Function      { return nil }
func patternFunctions() []*Function     { return nil }
func conditionalFunctions() []*Function { return nil }
func aggregateFunctions() []*Function   { return nil }
func statisticFunctions() []*Function   { return nil }
func orderedSetFunctions() []*Function  { return nil }
func windowFunctions() []*Function      { return nil }
func mysqlFunctions() []*Function       { return nil }
