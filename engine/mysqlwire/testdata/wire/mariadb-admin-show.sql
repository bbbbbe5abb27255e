-- What it sends, captured.
SHOW DATABASES LIKE '%';
-- COM_QUIT
-- COM_INIT_DB aws
show tables like 'iam_credential_report';
-- COM_QUIT
-- COM_STATISTICS
-- COM_PING
-- COM_STATISTICS
show processlist;
-- COM_QUIT
