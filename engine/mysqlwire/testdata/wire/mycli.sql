-- What it sends, captured.
SET AUTOCOMMIT = 1;
SET AUTOCOMMIT = 1;
select connection_id();
SHOW DATABASES;
SHOW TABLES;
select TABLE_NAME, COLUMN_NAME from information_schema.columns
                                    where table_schema = 'aws'
                                    order by table_name,ordinal_position;
SELECT CONCAT("'", user, "'@'",host,"'") FROM mysql.user;
SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES
    WHERE ROUTINE_TYPE="FUNCTION" AND ROUTINE_SCHEMA = "aws";
SELECT name from mysql.help_topic WHERE name like "SHOW %";
select connection_id();
SHOW TABLES;
SHOW FIELDS FROM iam_credential_report;
SHOW GLOBAL STATUS;
SHOW GLOBAL VARIABLES;
SELECT DATABASE(), USER();
SELECT @@character_set_server, @@character_set_database, @@character_set_client, @@character_set_connection LIMIT 1;
