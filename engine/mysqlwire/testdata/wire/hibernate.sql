-- What Hibernate, jOOQ, MyBatis, HikariCP, Flyway, Liquibase, Trino, Spark and Airbyte send through Connector/J
/* mysql-connector-j-8.4.0 (Revision: 1c3f5c149e0bfe31c7fbeb24e2d260cd890972c4) */SELECT  @@session.auto_increment_increment AS auto_increment_increment, @@character_set_client AS character_set_client, @@character_set_connection AS character_set_connection, @@character_set_results AS character_set_results, @@character_set_server AS character_set_server, @@collation_server AS collation_server, @@collation_connection AS collation_connection, @@init_connect AS init_connect, @@interactive_timeout AS interactive_timeout, @@license AS license, @@lower_case_table_names AS lower_case_table_names, @@max_allowed_packet AS max_allowed_packet, @@net_write_timeout AS net_write_timeout, @@performance_schema AS performance_schema, @@sql_mode AS sql_mode, @@system_time_zone AS system_time_zone, @@time_zone AS time_zone, @@transaction_isolation AS transaction_isolation, @@wait_timeout AS wait_timeout;
SET character_set_results = NULL;
SET autocommit=1;
SET sql_mode='STRICT_TRANS_TABLES';
SET SESSION TRANSACTION READ ONLY;
SET SESSION TRANSACTION READ WRITE;
SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;
select @@session.transaction_read_only;
SELECT @@session.transaction_isolation;
/* ping */ SELECT 1;
select i1_0._key,i1_0.account_id,i1_0.mfa_active,i1_0.user_creation_time from iam_credential_report i1_0 where i1_0.account_id='100000000017' order by i1_0._key limit 0,10;
select count(i1_0._key) from iam_credential_report i1_0 where i1_0.mfa_active=0 and i1_0.password_enabled=1;
select `aws`.`iam_credential_report`.`user`, `aws`.`iam_credential_report`.`tags` from `aws`.`iam_credential_report` where `aws`.`iam_credential_report`.`mfa_active` = true order by `aws`.`iam_credential_report`.`arn` limit 3 offset 1;
SELECT DATABASE();
SELECT VERSION();
SELECT COUNT(1) FROM information_schema.schemata WHERE schema_name = 'aws' LIMIT 1;
SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema='aws' AND table_name='flyway_schema_history');
-- refused: Error 1146 (42P01): table not found: user_variables_by_thread
SELECT variable_value FROM performance_schema.user_variables_by_thread WHERE variable_name = 'flyway';
SELECT @@version_comment;
SELECT @@foreign_key_checks, @@sql_safe_updates;
-- refused: Error 1305 (42883): function get_lock(unknown, bigint) does not exist at character 8
SELECT GET_LOCK('Flyway-123', 10);
-- refused: Error 1146 (42P01): relation "aws.databasechangeloglock" does not exist at character 22; hint: the tables are aws.iam_credential_report, credsql.accounts, credsql.credentials, credsql.raw_report
SELECT COUNT(*) FROM aws.DATABASECHANGELOGLOCK;
SHOW VARIABLES LIKE 'max_allowed_packet';
SHOW FULL COLUMNS FROM `iam_credential_report` FROM `aws` LIKE '%';
SHOW KEYS FROM `iam_credential_report` FROM `aws`;
SHOW CREATE TABLE `aws`.`iam_credential_report`;
SELECT TABLE_SCHEMA AS TABLE_CAT, NULL AS TABLE_SCHEM, TABLE_NAME, CASE WHEN TABLE_TYPE='BASE TABLE' THEN CASE WHEN TABLE_SCHEMA = 'mysql' OR TABLE_SCHEMA = 'performance_schema' OR TABLE_SCHEMA = 'sys' THEN 'SYSTEM TABLE' ELSE 'TABLE' END WHEN TABLE_TYPE='TEMPORARY' THEN 'LOCAL_TEMPORARY' ELSE TABLE_TYPE END AS TABLE_TYPE, TABLE_COMMENT AS REMARKS, NULL AS TYPE_CAT, NULL AS TYPE_SCHEM, NULL AS TYPE_NAME, NULL AS SELF_REFERENCING_COL_NAME, NULL AS REF_GENERATION FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'aws' AND TABLE_NAME LIKE '%' HAVING TABLE_TYPE IN ('TABLE','VIEW') ORDER BY TABLE_TYPE, TABLE_SCHEMA, TABLE_NAME;
SELECT `_key`, `user` FROM `aws`.`iam_credential_report` WHERE (`account_id` = '100000000017');
SELECT * FROM iam_credential_report WHERE 1=0;
SELECT `user`,`mfa_active` FROM aws.iam_credential_report   WHERE (`mfa_active` IS NOT NULL) AND (`mfa_active` = true)   ;
SELECT 1 FROM (SELECT * FROM aws.iam_credential_report) spark_gen_alias LIMIT 1;
SELECT * FROM (SELECT user, arn FROM aws.iam_credential_report) SPARK_GEN_SUBQ_0 WHERE 1=0;
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS, DATA_LENGTH FROM information_schema.tables WHERE table_schema = 'aws' AND table_name = 'iam_credential_report';
SHOW MASTER STATUS;
show variables where Variable_name in ('log_bin', 'binlog_format', 'binlog_row_image', 'binlog_expire_logs_seconds');
-- refused: Error 1235 (0A000): regular expressions of the storage engine are not available; use regexp_like of DDSQL
SHOW VARIABLES WHERE Variable_name REGEXP '^(version|sql_mode)$';
SELECT MAX(`user_creation_time`) FROM `aws`.`iam_credential_report`;
SELECT MIN(`_key`), MAX(`_key`) FROM `aws`.`iam_credential_report`;
-- refused: Error 1094 (HY000): Unknown thread id: 999999
KILL QUERY 999999;
