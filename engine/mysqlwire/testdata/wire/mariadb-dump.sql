-- What it sends, captured.
/*!40100 SET @@SQL_MODE='' */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*M!100100 SET @@MAX_STATEMENT_TIME=0.000000 */;
/*M!100100 SET WAIT_TIMEOUT=DEFAULT */;
set optimizer_switch='semijoin=off';
SELECT LOGFILE_GROUP_NAME, FILE_NAME, TOTAL_EXTENTS, INITIAL_SIZE, ENGINE, EXTRA FROM INFORMATION_SCHEMA.FILES WHERE FILE_TYPE = 'UNDO LOG' AND FILE_NAME IS NOT NULL AND LOGFILE_GROUP_NAME IS NOT NULL AND LOGFILE_GROUP_NAME IN (SELECT DISTINCT LOGFILE_GROUP_NAME FROM INFORMATION_SCHEMA.FILES WHERE FILE_TYPE = 'DATAFILE' AND TABLESPACE_NAME IN (SELECT DISTINCT TABLESPACE_NAME FROM INFORMATION_SCHEMA.PARTITIONS WHERE TABLE_SCHEMA IN ('aws'))) GROUP BY LOGFILE_GROUP_NAME, FILE_NAME, ENGINE, TOTAL_EXTENTS, INITIAL_SIZE ORDER BY LOGFILE_GROUP_NAME;
SELECT DISTINCT TABLESPACE_NAME, FILE_NAME, LOGFILE_GROUP_NAME, EXTENT_SIZE, INITIAL_SIZE, ENGINE FROM INFORMATION_SCHEMA.FILES WHERE FILE_TYPE = 'DATAFILE' AND TABLESPACE_NAME IN (SELECT DISTINCT TABLESPACE_NAME FROM INFORMATION_SCHEMA.PARTITIONS WHERE TABLE_SCHEMA IN ('aws')) ORDER BY TABLESPACE_NAME, LOGFILE_GROUP_NAME;
set optimizer_switch=default;
-- COM_INIT_DB aws
SHOW TABLES LIKE '%';
LOCK TABLES `iam_credential_report` READ /*!32311 LOCAL */;
SELECT engine, table_type FROM INFORMATION_SCHEMA.TABLES WHERE table_schema = DATABASE() AND table_name = 'iam_credential_report';
SET SQL_QUOTE_SHOW_CREATE=1;
SET SESSION character_set_results = 'binary';
show create table `iam_credential_report`;
SET SESSION character_set_results = 'utf8mb4';
select column_name, extra, generation_expression, data_type from information_schema.columns where table_schema=database() and table_name='iam_credential_report' order by ordinal_position;
SELECT /*!40001 SQL_NO_CACHE */ `account_id`, `user`, `arn`, `user_creation_time`, `password_enabled`, `password_last_used`, `mfa_active`, `access_key_1_active`, `access_key_1_last_rotated`, `access_key_1_last_used_region`, `tags` FROM `iam_credential_report`;
SET SESSION character_set_results = 'binary';
-- COM_INIT_DB aws
select @@collation_database;
SELECT TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE() AND EVENT_OBJECT_TABLE = 'iam_credential_report';
SET SESSION character_set_results = 'utf8mb4';
UNLOCK TABLES;
-- With --all-databases.
USE `mysql`;
show create table `general_log`;
show create table `slow_log`;
USE `aws`;
-- COM_QUIT
