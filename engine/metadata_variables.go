package engine

import (
	"strings"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// ServerVersion is what VERSION() gives: high enough that Connector/J asks for no variable of before 8.0.3.
const ServerVersion = "8.0.40-credsql"

// initialSQLMode says how texts are read: a backslash in a string is a backslash.
const initialSQLMode = noBackslashEscapes + "," + gms.DefaultSqlMode

const noBackslashEscapes = "NO_BACKSLASH_ESCAPES"

// serverValues are the variables that are otherwise than go-mysql-server has them.
var serverValues = map[string]any{
	"version": ServerVersion, "version_comment": "credsql", "sql_mode": initialSQLMode,
	"time_zone": "+00:00", "system_time_zone": "UTC", "hostname": "localhost", "license": "Apache-2.0",
	"read_only": int8(1), "super_read_only": int8(1), "local_infile": int8(0), "secure_file_priv": "/nonexistent",
	"performance_schema": int8(0), "max_allowed_packet": int64(16 << 20), "lower_case_table_names": int64(1),
	"collation_server": "utf8mb4_0900_bin", "collation_connection": "utf8mb4_0900_bin", "collation_database": "utf8mb4_0900_bin",
}

// extraVariables are variables of MySQL and MariaDB that clients read or set and go-mysql-server does not know. They hold what is put
// in them, and change nothing.
var extraVariables = map[string]string{
	"optimizer_switch": "", "have_ssl": "YES", "have_openssl": "YES", "innodb_version": ServerVersion, "max_statement_time": "0",
	"profiling": "OFF", "profiling_history_size": "15", "storage_engine": "InnoDB", "wsrep_on": "OFF", "have_profiling": "NO", "have_query_cache": "NO",
	"have_symlink": "DISABLED", "innodb_read_only": "ON", "query_cache_size": "0", "sql_warnings": "OFF", "session_track_transaction_info": "OFF",
	"slow_query_log": "OFF", "log_bin": "OFF", "basedir": "/", "sql_log_bin": "OFF", "default_week_format": "0", "aurora_version": "",
	"in_transaction": "0", "debug": "", "old_mode": "", "ssl_version": "", "system_versioning_alter_history": "ERROR", "thread_pool_size": "1",
	"innodb_lock_wait_timeout": "50", "binlog_format": "ROW", "lock_wait_timeout": "31536000", "net_read_timeout": "30", "unique_checks": "ON", "foreign_key_checks": "ON",
	"sql_big_selects": "ON", "sql_safe_updates": "OFF", "sql_log_off": "OFF", "show_old_temporals": "OFF", "block_encryption_mode": "aes-128-ecb",
	"resultset_metadata": "FULL", "windowing_use_high_precision": "ON", "cte_max_recursion_depth": "1000", "long_query_time": "10",
	"div_precision_increment": "4", "histogram_generation_max_mem_size": "20000000", "print_identified_with_as_hex": "OFF",
	"require_secure_transport": "OFF", "tls_version": "TLSv1.2,TLSv1.3", "log_error": "", "general_log": "OFF", "slave_net_timeout": "60",
	"query_cache_type": "OFF", "query_cache_limit": "1048576", "tx_isolation": "REPEATABLE-READ", "tx_read_only": "OFF",
	"version_compile_os": "Linux", "version_compile_machine": "x86_64", "default_authentication_plugin": "caching_sha2_password",
	"identity": "0", "insert_id": "0", "innodb_ft_enable_stopword": "ON", "innodb_table_locks": "ON", "query_alloc_block_size": "8192",
	"query_prealloc_size": "8192", "range_alloc_block_size": "4096", "transaction_alloc_block_size": "8192", "wsrep_sync_wait": "0",
	"wsrep_causal_reads": "OFF", "idle_transaction_timeout": "0", "sql_generate_invisible_primary_key": "OFF", "have_compress": "YES",
	"have_dynamic_loading": "NO", "have_rtree_keys": "NO", "have_geometry": "NO", "log_bin_trust_function_creators": "OFF", "mysqlx_port": "0",
	"innodb_default_row_format": "dynamic", "innodb_file_format": "Barracuda", "expire_logs_days": "0", "log_slave_updates": "OFF",
	"innodb_file_per_table": "ON", "innodb_strict_mode": "ON", "table_type": "InnoDB", "engine_condition_pushdown": "ON",
}

// inSessions are variables that a MySQL session may set and that go-mysql-server has for the whole server only.
var inSessions = map[string]bool{"innodb_lock_wait_timeout": true, "binlog_format": true}

// setServerVariables tells go-mysql-server what its variables are. They are the process's, as everything about it there; what a
// client sets is its session's.
func setServerVariables() {
	var extra []gms.SystemVariable
	for name, value := range extraVariables {
		if _, _, known := gms.SystemVariables.GetGlobal(name); known && !inSessions[name] {
			continue
		}
		extra = append(extra, &gms.MysqlSystemVariable{
			Name: name, Scope: gms.GetMysqlScope(gms.SystemVariableScope_Both), Dynamic: true, Type: types.NewSystemStringType(name), Default: value,
		})
	}
	gms.SystemVariables.AddSystemVariables(extra)
	known := map[string]any{}
	for name, value := range serverValues {
		if _, _, ok := gms.SystemVariables.GetGlobal(name); ok {
			known[name] = value
		}
	}
	_ = gms.SystemVariables.AssignValues(known) // a test reads them back
}

// withoutBackslashes is a sql_mode in which backslashes are characters, whatever the client wanted: strings are not read otherwise.
func withoutBackslashes(mode string) string {
	if strings.Contains(strings.ToUpper(mode), noBackslashEscapes) {
		return mode
	}
	if mode == "" {
		return noBackslashEscapes
	}
	return mode + "," + noBackslashEscapes
}
