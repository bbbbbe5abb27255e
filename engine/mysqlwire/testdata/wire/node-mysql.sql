-- What it sends, captured.
select user from iam_credential_report where user='user1';
-- COM_STATISTICS
-- COM_QUIT
