-- What it sends, captured.
show databases;
show tables;
-- COM_FIELD_LIST iam_credential_report
select @@version_comment limit 1;
SELECT DATABASE();
-- COM_INIT_DB aws
-- COM_QUIT
