-- title: Users who still have the password that they were created with
-- group: Passwords
-- why: Who created the user knows it.
-- rule: The password was set within a minute of the user's creation and never after, and has been used. The report does not say whether a change was
--   demanded at the first sign-in.
SELECT account_id, user, user_creation_time, password_last_used
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND password_last_used IS NOT NULL
  AND password_last_changed < user_creation_time + INTERVAL '1 minute'
ORDER BY account_id, user;
