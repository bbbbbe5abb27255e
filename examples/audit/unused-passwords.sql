-- title: Passwords not used for N days
-- group: Unused
-- why: People who have left, or who have moved to single sign-on.
-- rule: The password half of unused-credentials, with the same boundary and the same rule for never used.
-- parameter: days = 45, for how long a password may lie idle
SELECT account_id, user, password_last_used, password_last_changed, mfa_active
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled
  AND COALESCE(password_last_used, password_last_changed) <= NOW() - :days * INTERVAL '1 day'
ORDER BY COALESCE(password_last_used, password_last_changed), account_id, user;
