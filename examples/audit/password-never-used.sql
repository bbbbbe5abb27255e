-- title: Passwords that nobody has ever signed in with
-- group: Passwords
-- why: A first password is often sent by mail and waits there for whoever reads it.
-- rule: password_last_used is NULL while a password exists: never, or not since AWS began to note it in October 2014. New ones get some days.
--   Prowler's check passes these, ScoutSuite finds them only with an access key.
-- parameter: days = 7, how long a new password may wait
SELECT account_id, user, password_last_changed AS set_on, user_creation_time
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND password_last_used IS NULL
  AND password_last_changed <= NOW() - :days * INTERVAL '1 day'
ORDER BY password_last_changed, account_id, user;
