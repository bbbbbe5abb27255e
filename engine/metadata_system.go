package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/table"
)

// userColumns are those of MySQL's mysql.user that tools ask for.
var userColumns = []string{"Host", "User", "Select_priv", "Insert_priv", "Update_priv", "Delete_priv", "Create_priv", "Drop_priv", "Reload_priv",
	"Shutdown_priv", "Process_priv", "File_priv", "Grant_priv", "References_priv", "Index_priv", "Alter_priv", "Show_db_priv", "Super_priv",
	"Create_tmp_table_priv", "Lock_tables_priv", "Execute_priv", "Repl_slave_priv", "Repl_client_priv", "Create_view_priv", "Show_view_priv",
	"Create_routine_priv", "Alter_routine_priv", "Create_user_priv", "Event_priv", "Trigger_priv", "Create_tablespace_priv",
	"ssl_type", "plugin", "authentication_string", "password_expired", "account_locked"}

// addSystemTables gives go-mysql-server the tables of MySQL's own databases that tools look into. Each shows the session's own user only.
func (m *metadata) addSystemTables() {
	add := func(database, name string, columns []string, rows func(s *Session, ctx *gms.Context) ([][]string, error)) {
		m.provider.Add(database, table.NewRows(database, name, columns, func(ctx *gms.Context) ([][]string, error) {
			cs, ok := ctx.Session.(*clientSession)
			if !ok {
				return nil, nil
			}
			return rows(cs.session, ctx)
		}))
	}
	add("mysql", "user", userColumns, func(s *Session, _ *gms.Context) ([][]string, error) { return [][]string{s.userRow()}, nil })
	none := func(*Session, *gms.Context) ([][]string, error) { return nil, nil }
	add("mysql", "help_topic", []string{"help_topic_id", "name", "help_category_id", "description", "example", "url"}, none)
	add("mysql", "db", []string{"Host", "Db", "User", "Select_priv"}, none)
	add("mysql", "tables_priv", []string{"Host", "Db", "User", "Table_name", "Grantor", "Table_priv", "Column_priv"}, none)
	add("mysql", "proc", []string{"db", "name", "type", "specific_name", "param_list", "returns", "body", "comment"}, none)
	add("mysql", "event", []string{"db", "name", "body", "definer", "status"}, none)
	// Dumps of all databases look for these two, whether they are listed or not. The audit log is what they are elsewhere.
	add("mysql", "general_log", []string{"event_time", "user_host", "thread_id", "server_id", "command_type", "argument"}, none)
	add("mysql", "slow_log", []string{"start_time", "user_host", "query_time", "lock_time", "rows_sent", "rows_examined", "db", "sql_text"}, none)
	add("sys", "version", []string{"sys_version", "mysql_version"}, func(*Session, *gms.Context) ([][]string, error) {
		return [][]string{{"2.1.2", ServerVersion}}, nil
	})
	columns := []string{"VARIABLE_NAME", "VARIABLE_VALUE"}
	for _, scope := range []string{"session", "global"} {
		add("performance_schema", scope+"_status", columns, func(s *Session, _ *gms.Context) ([][]string, error) { return s.statusRows(), nil })
		add("performance_schema", scope+"_variables", columns, func(_ *Session, ctx *gms.Context) ([][]string, error) { return m.variableRows(ctx, scope) })
	}
}

// userRow is the session's user in mysql.user: it may select and nothing else.
func (s *Session) userRow() []string {
	row := make([]string, len(userColumns))
	for i, c := range userColumns {
		switch {
		case c == "Host":
			row[i] = "%"
		case c == "User":
			row[i] = s.user()
		case c == "Select_priv":
			row[i] = "Y"
		case c == "plugin":
			row[i] = "caching_sha2_password"
		case strings.HasSuffix(c, "_priv"), c == "password_expired", c == "account_locked":
			row[i] = "N"
		}
	}
	return row
}

// user is the session's user, or a name for who sits at a shell.
func (s *Session) user() string {
	if s.client.User == "" {
		return "credsql"
	}
	return s.client.User
}

// grants is SHOW GRANTS.
func (s *Session) grants() [][]string {
	who := fmt.Sprintf("`%s`@`%%`", strings.ReplaceAll(s.user(), "`", "``"))
	rows := [][]string{{"GRANT USAGE ON *.* TO " + who}}
	seen := map[string]bool{}
	for _, d := range s.engine.catalog.defs {
		if !seen[d.Schema] {
			seen[d.Schema] = true
			rows = append(rows, []string{"GRANT SELECT ON `" + d.Schema + "`.* TO " + who})
		}
	}
	return rows
}

// statusRows is SHOW STATUS: what the server around the session says, or that there is none.
func (s *Session) statusRows() [][]string {
	values := map[string]string{"Uptime": "1", "Threads_connected": "1", "Threads_running": "1", "Questions": "1", "Queries": "1"}
	if c := s.client.Control; c != nil {
		maps.Copy(values, c.Status())
	}
	for _, name := range []string{"Aborted_clients", "Aborted_connects", "Bytes_received", "Bytes_sent", "Com_select", "Created_tmp_tables",
		"Innodb_buffer_pool_reads", "Key_reads", "Max_used_connections", "Open_files", "Open_tables", "Opened_tables", "Slow_queries",
		"Flush_commands", "Qcache_hits", "Com_commit", "Com_rollback"} {
		if _, ok := values[name]; !ok {
			values[name] = "0"
		}
	}
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		rows = append(rows, []string{name, values[name]})
	}
	return rows
}

// variableRows is SHOW VARIABLES as a table.
func (m *metadata) variableRows(ctx *gms.Context, scope string) ([][]string, error) {
	_, iter, err := m.run(ctx, &sqlparser.Show{Type: "variables", Scope: scope}, "SHOW VARIABLES", nil)
	if err != nil {
		return nil, err
	}
	rows, err := gms.RowIterToRows(ctx, iter)
	if err != nil {
		return nil, err
	}
	out := make([][]string, len(rows))
	for i, r := range rows {
		for _, cell := range r {
			out[i] = append(out[i], fmt.Sprint(cell))
		}
	}
	return out, nil
}
