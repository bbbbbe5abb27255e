-- What Superset 3 and 4, Redash, Retool and Metabase 50 and newer send beside what their older versions do
SELECT 1;
-- 6dcd92a04feb50f14bbcf07c661680ba
SELECT count(*) AS `COUNT(*)` FROM iam_credential_report;
SELECT DATE(user_creation_time) AS __timestamp, count(*) AS count FROM aws.iam_credential_report WHERE user_creation_time >= STR_TO_DATE('2024-01-01 00:00:00.000000', '%Y-%m-%d %H:%i:%s.%f') AND user_creation_time < STR_TO_DATE('2025-01-01 00:00:00.000000', '%Y-%m-%d %H:%i:%s.%f') GROUP BY DATE(user_creation_time) ORDER BY count DESC, 1 LIMIT 10000;
SELECT DATE_ADD(DATE(user_creation_time), INTERVAL HOUR(user_creation_time) HOUR) AS __timestamp, COUNT(*) AS `COUNT(*)` FROM aws.iam_credential_report GROUP BY DATE_ADD(DATE(user_creation_time), INTERVAL HOUR(user_creation_time) HOUR) ORDER BY 1 LIMIT 50000;
SELECT DATE(DATE_SUB(user_creation_time, INTERVAL DAYOFWEEK(user_creation_time) - 1 DAY)) AS __timestamp, COUNT(*) AS n FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1 LIMIT 10;
SELECT MAKEDATE(YEAR(user_creation_time), 1) + INTERVAL QUARTER(user_creation_time) QUARTER - INTERVAL 1 QUARTER AS __timestamp, COUNT(*) AS n FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1;
SELECT DATE(DATE_SUB(user_creation_time, INTERVAL DAYOFMONTH(user_creation_time) - 1 DAY)) AS __timestamp, COUNT(*) AS n FROM aws.iam_credential_report GROUP BY 1 ORDER BY 1;
SELECT account_id AS account_id, COUNT(DISTINCT user) AS `COUNT_DISTINCT(user)` FROM aws.iam_credential_report JOIN (SELECT account_id AS account_id__, count(*) AS mme_inner__ FROM aws.iam_credential_report GROUP BY account_id ORDER BY mme_inner__ DESC, account_id LIMIT 5) AS anon_1 ON account_id = account_id__ GROUP BY account_id ORDER BY account_id;
SELECT * FROM (SELECT user, arn FROM iam_credential_report) AS virtual_table LIMIT 1000;
SHOW FULL TABLES FROM `aws`;
SELECT TABLE_NAME FROM information_schema.views WHERE table_schema = 'aws';
select table_name from information_schema.tables where table_schema = 'aws' and table_type = 'BASE TABLE';
DESCRIBE `aws`.`iam_credential_report`;
SHOW CREATE TABLE `aws`.`iam_credential_report`;
EXPLAIN SELECT user FROM aws.iam_credential_report;
SELECT col.table_schema as table_schema, col.table_name as table_name, col.column_name as column_name, col.column_type as column_type FROM `information_schema`.`columns` col WHERE LOWER(col.table_schema) NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys');
SELECT TABLE_NAME, TABLE_SCHEMA, COLUMN_NAME, DATA_TYPE, IS_NULLABLE, COLUMN_KEY FROM information_schema.columns WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION;
SELECT tab.table_schema AS schema_name, tab.table_name, tab.table_comment FROM information_schema.tables tab WHERE tab.table_schema = database() AND tab.table_type = 'BASE TABLE' LIMIT 1000;
-- Metabase:: userID: 1 queryType: MBQL queryHash: 4c5b0d7a
SELECT `iam_credential_report`.`_key` AS `_key`, `iam_credential_report`.`mfa_active` AS `mfa_active` FROM `iam_credential_report` LIMIT 2000;
SELECT STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') AS `user_creation_time`, COUNT(*) AS `count` FROM `iam_credential_report` GROUP BY STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') ORDER BY STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') ASC;
SELECT SUBSTRING(`source`.`user`, 1, 1234) AS `substring1` FROM (SELECT `iam_credential_report`.`user` AS `user` FROM `iam_credential_report`) AS `source` ORDER BY 1 LIMIT 10000;
SELECT count(*) AS `count` FROM `iam_credential_report` WHERE `iam_credential_report`.`user_creation_time` >= date_add(current_timestamp, INTERVAL -30 day) AND `iam_credential_report`.`mfa_active` = false;
SELECT `c`.`column_name` AS `name`, `c`.`ordinal_position` - 1 AS `database-position`, `c`.`table_name` AS `table-name`, upper(`c`.`data_type`) AS `database-type`, `c`.`extra` = 'auto_increment' AS `database-is-auto-increment`, (`c`.`column_default` IS NULL OR LOWER(`c`.`column_default`) = 'null') AND (`c`.`is_nullable` = 'NO') AS `database-required`, `c`.`column_key` = 'PRI' AS `pk?`, nullif(`c`.`column_comment`, '') AS `field-comment` FROM `information_schema`.`columns` AS `c` WHERE `c`.`table_schema` NOT IN ('information_schema', 'performance_schema', 'sys', 'mysql') AND `c`.`table_schema` = 'aws' ORDER BY `table-name`, `database-position`;
SELECT `a`.`table_name` AS `table-name`, `a`.`column_name` AS `field-name` FROM `information_schema`.`statistics` AS `a` WHERE `a`.`seq_in_index` = 1 AND `a`.`expression` IS NULL AND `a`.`table_schema` NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') AND `a`.`table_schema` = 'aws' ORDER BY `a`.`table_name` ASC, `a`.`column_name` ASC;
SELECT `a`.`table_name` AS `fk-table-name`, `a`.`column_name` AS `fk-column-name`, `a`.`referenced_table_name` AS `pk-table-name`, `a`.`referenced_column_name` AS `pk-column-name` FROM `information_schema`.`key_column_usage` AS `a` INNER JOIN `information_schema`.`table_constraints` AS `b` USING (`constraint_schema`, `constraint_name`, `table_name`) WHERE `b`.`constraint_type` = 'FOREIGN KEY' AND `a`.`table_schema` = 'aws';
