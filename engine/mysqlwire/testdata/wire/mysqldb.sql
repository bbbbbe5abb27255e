-- What it sends, captured.
select * from iam_credential_report where user='user1';
-- COM_QUIT
