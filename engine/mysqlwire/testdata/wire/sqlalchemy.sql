-- What it sends, captured.
SET NAMES utf8mb4;
SELECT VERSION();
SELECT DATABASE();
SELECT @@transaction_isolation;
SELECT @@sql_mode;
SELECT @@lower_case_table_names;
ROLLBACK;
ROLLBACK;
-- COM_PING
SHOW schemas;
ROLLBACK;
-- COM_PING
SHOW FULL TABLES FROM `aws`;
ROLLBACK;
-- COM_PING
SHOW FULL TABLES FROM `aws`;
ROLLBACK;
-- COM_PING
SHOW CREATE TABLE `aws`.`iam_credential_report`;
ROLLBACK;
-- COM_PING
ROLLBACK;
-- COM_PING
ROLLBACK;
-- COM_PING
ROLLBACK;
-- COM_PING
ROLLBACK;
-- COM_PING
SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'aws' AND table_name = 'iam_credential_report';
ROLLBACK;
-- COM_PING
SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'aws' AND table_name = 'nope';
ROLLBACK;
-- COM_PING
select user, user_creation_time, tags from iam_credential_report limit 1001;
explain select user from iam_credential_report;
ROLLBACK;
SET NAMES utf8mb4;
ROLLBACK;
-- COM_PING
SHOW FULL TABLES FROM `aws`;
SHOW CREATE TABLE `iam_credential_report`;
ROLLBACK;
