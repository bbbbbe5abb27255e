-- What Active Record sends: AbstractMysqlAdapter, mysql2 and trilogy
SET @@SESSION.sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), @@SESSION.sql_auto_is_null = 0, @@SESSION.wait_timeout = 2147483;
SET NAMES utf8mb4, @@SESSION.sql_mode = CONCAT(CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), ',NO_AUTO_VALUE_ON_ZERO'), @@SESSION.sql_auto_is_null = 0, @@SESSION.wait_timeout = 2147483;
SELECT @@version;
SELECT VERSION();
SELECT table_name FROM (SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = database()) _subquery WHERE _subquery.table_type = 'BASE TABLE';
SELECT table_name FROM (SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = database()) _subquery WHERE _subquery.table_name = 'schema_migrations' AND _subquery.table_type = 'BASE TABLE';
SHOW FULL FIELDS FROM `iam_credential_report`;
SELECT column_name FROM information_schema.statistics WHERE index_name = 'PRIMARY' AND table_schema = database() AND table_name = 'iam_credential_report' ORDER BY seq_in_index;
SHOW KEYS FROM `iam_credential_report`;
SELECT table_comment FROM information_schema.tables WHERE table_schema = database() AND table_name = 'iam_credential_report';
SELECT fk.referenced_table_name AS 'to_table', fk.referenced_column_name AS 'primary_key', fk.column_name AS 'column', fk.constraint_name AS 'name', fk.ordinal_position AS 'position', rc.update_rule AS 'on_update', rc.delete_rule AS 'on_delete' FROM information_schema.referential_constraints rc JOIN information_schema.key_column_usage fk USING (constraint_schema, constraint_name) WHERE fk.referenced_column_name IS NOT NULL AND fk.table_schema = database() AND fk.table_name = 'iam_credential_report' AND rc.constraint_schema = database() AND rc.table_name = 'iam_credential_report';
SELECT cc.constraint_name AS 'name', cc.check_clause AS 'expression' FROM information_schema.check_constraints cc JOIN information_schema.table_constraints tc USING (constraint_schema, constraint_name) WHERE tc.table_schema = database() AND tc.table_name = 'iam_credential_report' AND cc.constraint_schema = database();
SHOW VARIABLES LIKE 'character_set_database';
SHOW VARIABLES LIKE 'collation_database';
SELECT DATABASE() as db;
-- refused: Error 1305 (42883): function get_lock(unknown, bigint) does not exist at character 8
SELECT GET_LOCK('3912345678901234567', 0);
SELECT `iam_credential_report`.* FROM `iam_credential_report` WHERE `iam_credential_report`.`account_id` = '100000000017' ORDER BY `iam_credential_report`.`arn` ASC LIMIT 1;
SELECT COUNT(*) FROM `iam_credential_report` WHERE `iam_credential_report`.`mfa_active` = FALSE AND `iam_credential_report`.`password_enabled` = TRUE;
SELECT 1 AS one FROM `iam_credential_report` WHERE `iam_credential_report`.`user` = 'nobody' LIMIT 1;
SELECT DISTINCT `iam_credential_report`.`account_id` FROM `iam_credential_report` WHERE `iam_credential_report`.`access_key_1_last_rotated` < '2024-01-01 00:00:00' ORDER BY `iam_credential_report`.`account_id`;
EXPLAIN SELECT `iam_credential_report`.* FROM `iam_credential_report`;
BEGIN;
SAVEPOINT active_record_1;
RELEASE SAVEPOINT active_record_1;
ROLLBACK TO SAVEPOINT active_record_1;
COMMIT;
SELECT @@FOREIGN_KEY_CHECKS;
