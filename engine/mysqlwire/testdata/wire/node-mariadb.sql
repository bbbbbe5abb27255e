-- What it sends, captured.
SET NAMES utf8mb4;
select user from iam_credential_report where user='user1';
-- (COM_STMT_PREPARE)
select user from iam_credential_report where user=?;
-- COM_STMT_EXECUTE
-- COM_RESET_CONNECTION
-- COM_STMT_CLOSE
-- COM_PING
-- COM_QUIT
