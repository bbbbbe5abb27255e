-- What it sends, captured.
-- COM_PING
-- (COM_STMT_PREPARE)
select user,user_creation_time,mfa_active from iam_credential_report where user=?;
-- COM_STMT_EXECUTE
-- COM_STMT_CLOSE
select * from iam_credential_report limit 1;
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
START TRANSACTION READ ONLY;
COMMIT;
select sleep(0.1);
SET time_zone = '+00:00';
-- COM_PING
select user,user_creation_time,mfa_active from iam_credential_report where user='user1';
select * from iam_credential_report limit 1;
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
START TRANSACTION READ ONLY;
COMMIT;
select sleep(0.1);
