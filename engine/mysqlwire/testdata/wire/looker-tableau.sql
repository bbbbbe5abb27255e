-- What Looker, Looker Studio, Tableau, Power BI, Qlik, Sigma and Hex send through Connector/J and Connector/ODBC
SET time_zone = '+00:00';
SET SESSION MAX_EXECUTION_TIME = 300000;
/*+ looker_context */ SELECT 1;
-- Looker Query Context '{"user_id":1,"history_slug":"x"}';
SELECT COUNT(*) AS `iam_credential_report.count` FROM `aws`.`iam_credential_report` AS `iam_credential_report` LIMIT 500;
SELECT (DATE(`iam_credential_report`.`user_creation_time`)) AS `created_date`, COUNT(*) AS `n` FROM `aws`.`iam_credential_report` AS `iam_credential_report` GROUP BY 1 ORDER BY 1 DESC LIMIT 500;
SELECT (DATE_FORMAT(CONVERT_TZ(`iam_credential_report`.`user_creation_time`,'UTC','UTC'),'%Y-%m')) AS `created_month`, COUNT(*) AS `n` FROM `aws`.`iam_credential_report` GROUP BY 1 ORDER BY 1 LIMIT 500;
SELECT CASE WHEN `iam_credential_report`.`mfa_active` THEN 'Yes' ELSE 'No' END AS `mfa`, COUNT(DISTINCT `iam_credential_report`.`account_id`) AS `accounts` FROM `aws`.`iam_credential_report` GROUP BY 1 ORDER BY 1;
SELECT `iam_credential_report`.`account_id` AS `account_id`, SUM(1) AS `sum_Number_of_Records_ok` FROM `iam_credential_report` WHERE (`iam_credential_report`.`password_enabled` <> 0) GROUP BY 1 ORDER BY 1;
SELECT SUM(1) AS `sum:n:ok` FROM (SELECT * FROM `iam_credential_report`) `Custom SQL Query` HAVING (COUNT(1) > 0);
SELECT * FROM (SELECT * FROM iam_credential_report) `TableauSQL` LIMIT 0;
SELECT * FROM `iam_credential_report` WHERE 1=0;
SELECT `iam_credential_report`.`user` AS `user` FROM `iam_credential_report` WHERE (`iam_credential_report`.`user` >= 'a') GROUP BY 1 ORDER BY `user` ASC LIMIT 10;
SELECT YEAR(`iam_credential_report`.`user_creation_time`) AS `yr`, QUARTER(`iam_credential_report`.`user_creation_time`) AS `qr`, COUNT(1) AS `n` FROM `iam_credential_report` GROUP BY 1, 2 ORDER BY 1, 2;
SELECT ADDDATE( CONCAT( DATE_FORMAT( `iam_credential_report`.`user_creation_time`, '%Y-%m-01 ' ), '00:00:00' ), INTERVAL 0 SECOND ) AS `tmn`, COUNT(1) AS `n` FROM `iam_credential_report` GROUP BY 1 ORDER BY 1;
SELECT DATE_ADD(DATE(`user_creation_time`), INTERVAL -(DAYOFWEEK(`user_creation_time`) - 1) DAY) AS `twk` FROM `iam_credential_report` GROUP BY 1 ORDER BY 1 LIMIT 3;
SELECT TIMESTAMPDIFF(DAY, `iam_credential_report`.`access_key_1_last_rotated`, TIMESTAMP('2026-01-15 00:00:00')) AS `age` FROM `iam_credential_report` WHERE `access_key_1_active` ORDER BY 1 DESC LIMIT 5;
-- refused: Error 1290 (25006): cannot execute CREATE in a read-only session at character 1; hint: credsql answers queries; it never changes anything
CREATE TEMPORARY TABLE `#Tableau_1_Connect` (`COL` INTEGER NOT NULL);
-- refused: Error 1290 (25006): cannot execute DROP in a read-only session at character 1; hint: credsql answers queries; it never changes anything
DROP TABLE IF EXISTS `#Tableau_1_Connect`;
-- refused: Error 1290 (25006): cannot execute CREATE in a read-only session at character 1; hint: credsql answers queries; it never changes anything
CREATE TEMPORARY TABLE looker_scratch.LR_X AS SELECT 1;
SELECT `$Table`.`user` AS `user`, `$Table`.`mfa_active` AS `mfa_active` FROM `aws`.`iam_credential_report` `$Table` LIMIT 1000;
select `rows`.`account_id` as `account_id`, sum(`rows`.`a0`) as `a0` from ( select `_`.`account_id`, 1 as `a0` from `aws`.`iam_credential_report` `_` ) `rows` group by `account_id` order by `account_id`;
select `t0`.`account_id`, count(distinct `t0`.`user`) as `c1` from `aws`.`iam_credential_report` as `t0` where `t0`.`mfa_active` = 0 group by `t0`.`account_id` order by `t0`.`account_id` limit 1001;
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE (TABLE_TYPE = 'BASE TABLE' OR TABLE_TYPE = 'VIEW') AND TABLE_SCHEMA NOT IN ('mysql', 'performance_schema', 'information_schema', 'sys');
SHOW KEYS FROM `iam_credential_report` FROM `aws`;
SHOW COLUMNS FROM `aws`.`iam_credential_report` LIKE '%';
SHOW FULL TABLES FROM `aws` LIKE 'iam%';
SELECT `TABLE_SCHEMA`, `TABLE_NAME`, `COLUMN_NAME`, `REFERENCED_TABLE_SCHEMA` FROM `INFORMATION_SCHEMA`.`KEY_COLUMN_USAGE` WHERE `REFERENCED_TABLE_NAME` = 'iam_credential_report';
SELECT CONNECTION_ID();
-- refused: Error 1094 (HY000): Unknown thread id: 999999
KILL QUERY 999999;
