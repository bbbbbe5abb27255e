-- What it sends, captured.
select * from iam_credential_report where user='user1';
-- (COM_STMT_PREPARE)
select user,mfa_active,user_creation_time,tags from iam_credential_report where user=? limit ?;
-- COM_STMT_EXECUTE
-- COM_PING
START TRANSACTION;
COMMIT;
-- COM_CHANGE_USER
-- COM_STMT_CLOSE
select 1; select 2;
-- COM_QUIT
