-- What it sends, taken from: SQLAlchemy mysql dialect
SELECT CAST('test plain returns' AS CHAR(60)) AS anon_1;
SELECT CAST('test collated returns' AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin AS anon_1;
SHOW VARIABLES LIKE 'sql_mode';
SHOW VARIABLES LIKE 'lower_case_table_names';
SELECT @@transaction_isolation;
SELECT DATABASE();
SELECT SCHEMA_NAME from INFORMATION_SCHEMA.schemata;
SHOW FULL TABLES FROM `aws`;
DESCRIBE `aws`.`iam_credential_report`;
SHOW CREATE TABLE `aws`.`iam_credential_report`;
-- refused: Error 1347 (42809): "iam_credential_report" is not a view; hint: use SHOW CREATE TABLE
SHOW CREATE VIEW `aws`.`iam_credential_report`;
SELECT * FROM aws.iam_credential_report LIMIT 0, 100;
SELECT DATE(user_creation_time) AS __timestamp, COUNT(*) AS count FROM aws.iam_credential_report GROUP BY DATE(user_creation_time) ORDER BY count DESC LIMIT 1000;
SELECT DATE_ADD(DATE(user_creation_time), INTERVAL HOUR(user_creation_time) HOUR) AS __timestamp, COUNT(*) FROM aws.iam_credential_report GROUP BY 1;
-- refused: Error 1094 (HY000): Unknown thread id: 999999
KILL CONNECTION 999999;
