-- What it sends, taken from: metabase src/metabase/driver/mysql.clj
SELECT @@GLOBAL.time_zone AS global_tz, @@system_time_zone AS system_tz, time_format( timediff( now(), convert_tz(now(), @@GLOBAL.time_zone, '+00:00') ), '%H:%i' ) AS 'offset';
SET @@session.time_zone = 'UTC';
SET @@session.time_zone = '+00:00';
-- refused: Error 1231 (22023): time_zone "America/New_York" is not supported; hint: the session's time zone is always UTC; use AT TIME ZONE in the query
SET @@session.time_zone = 'America/New_York';
SHOW GRANTS FOR CURRENT_USER();
SHOW GRANTS;
SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = DATABASE();
SELECT TRUE AS _ FROM `iam_credential_report` WHERE 1 <> 1 LIMIT 0;
SELECT SUBSTRING(`iam_credential_report`.`arn`, 1, 1234) AS `substring1`, `iam_credential_report`.`user` AS `user` FROM `iam_credential_report` LIMIT 10000;
SELECT count(*) AS `count`, STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') AS `user_creation_time` FROM `iam_credential_report` GROUP BY STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') ORDER BY STR_TO_DATE(CONCAT(DATE_FORMAT(`iam_credential_report`.`user_creation_time`, '%Y-%m'), '-01'), '%Y-%m-%d') ASC;
SELECT CAST(DATE(`iam_credential_report`.`user_creation_time`) AS date) AS d, COUNT(DISTINCT `iam_credential_report`.`user`) AS c FROM `iam_credential_report` GROUP BY CAST(DATE(`iam_credential_report`.`user_creation_time`) AS date);
SELECT `c`.`column_name` AS `name`, `c`.`ordinal_position` - 1 AS `database-position`, NULL AS `table-schema`, `c`.`table_name` AS `table-name`, UPPER(`c`.`data_type`) AS `database-type`, `c`.`extra` = 'auto_increment' AS `database-is-auto-increment`, (`column_default` IS NULL OR LOWER(`column_default`) = 'null') AND `is_nullable` = 'NO' AND NOT ((`c`.`extra` = 'auto_increment')) AS `database-required`, `c`.`column_key` = 'PRI' AS `pk?`, NULLIF(`c`.`column_comment`, '') AS `field-comment` FROM `information_schema`.`columns` AS `c` WHERE `c`.`table_schema` NOT IN ('information_schema','performance_schema','sys','mysql') AND `c`.`table_name` IN ('iam_credential_report') ORDER BY `table-name` ASC, `database-position` ASC;
