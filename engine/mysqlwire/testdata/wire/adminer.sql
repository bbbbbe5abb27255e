-- What Adminer sends: drivers/mysql.inc.php
SET NAMES utf8mb4;
SET sql_quote_show_create = 1, autocommit = 1;
SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME;
SHOW DATABASES;
SELECT TABLE_NAME AS Name, ENGINE AS Engine, TABLE_COMMENT AS Comment FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY Name;
SHOW TABLE STATUS;
SHOW TABLE STATUS LIKE 'iam_credential_report';
SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SHOW FULL COLUMNS FROM `iam_credential_report`;
SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'iam_credential_report' ORDER BY ORDINAL_POSITION;
SHOW INDEX FROM `iam_credential_report`;
SHOW CREATE TABLE `iam_credential_report`;
SHOW COLLATION;
SHOW CREATE DATABASE `aws`;
SHOW TRIGGERS LIKE 'iam_credential_report';
SELECT ROUTINE_NAME AS SPECIFIC_NAME, ROUTINE_NAME, ROUTINE_TYPE, DTD_IDENTIFIER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE();
SHOW EVENTS;
SELECT c.CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME WHERE c.CONSTRAINT_SCHEMA = DATABASE() AND t.TABLE_NAME = 'iam_credential_report';
-- refused: Error 1235 (0A000): SQL_CALC_FOUND_ROWS is not supported at character 8
SELECT SQL_CALC_FOUND_ROWS * FROM `iam_credential_report` LIMIT 50;
SELECT FOUND_ROWS();
SELECT COUNT(*) FROM `iam_credential_report`;
SELECT `account_id`, count(*) FROM `iam_credential_report` GROUP BY `account_id` ORDER BY `account_id` LIMIT 50;
SELECT * FROM `iam_credential_report` WHERE `user` = 'backup-dev' LIMIT 50;
SELECT * FROM `iam_credential_report` WHERE `user` LIKE '%x%' OR CONVERT(`arn` USING utf8mb4) LIKE '%backup%' ORDER BY `user` DESC LIMIT 50 OFFSET 50;
SELECT USER();
SELECT @@default_storage_engine;
SHOW VARIABLES;
SHOW STATUS;
SHOW FULL PROCESSLIST;
SELECT User, Host FROM mysql.user ORDER BY Host, User;
-- refused: Error 1227 (42501): there is no grant that you may see for user "credsql"
SHOW GRANTS FOR 'credsql'@'%';
SHOW PRIVILEGES;
SELECT TABLE_NAME, COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'aws' GROUP BY TABLE_NAME;
SELECT SUM(Data_length + Index_length) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'aws';
-- refused: Error 1094 (HY000): Unknown thread id: 999999
KILL 999999;
