-- title: Old keys that were not used for long until somebody did
-- group: Access keys
-- why: The report knows the last use only, so this looks at keys of users that otherwise sleep: no sign-in for long, and a call this week.
-- rule: A password exists and was not used for the given days (never counts from its last change), while a key was used in the last 7. Service users
--   have no password and are not compared.
-- parameter: days = 180, for how long nobody has signed in
SELECT account_id, user, password_last_used, GREATEST(access_key_1_last_used_date, access_key_2_last_used_date) AS key_last_used
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled
  AND COALESCE(password_last_used, password_last_changed) <= NOW() - :days * INTERVAL '1 day'
  AND GREATEST(access_key_1_last_used_date, access_key_2_last_used_date) > NOW() - INTERVAL '7 days'
ORDER BY account_id, user;
