"""Runs the queries of mycli's completion, as its refresher does in the background, and prints what they find."""

import sys

from mycli.sqlexecute import SQLExecute

host, port, user, password = sys.argv[1:]
executor = SQLExecute("aws", user, password, host, int(port), None, "utf8mb4", False, None, None, None, None, None, None)
print("completion: databases", *executor.databases())
print("completion: tables", *[row[0] for row in executor.tables()])
print("completion: columns", *["%s.%s" % tuple(row) for row in executor.table_columns()][:30])
print("completion: users", len(list(executor.users())) > 0)
print("completion: functions", len(list(executor.functions())))
print("completion: show", len(list(executor.show_candidates())))
