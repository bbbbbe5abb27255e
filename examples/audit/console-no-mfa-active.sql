-- title: Users without MFA who have signed in lately
-- group: MFA
-- why: These are the passwords without MFA that are in use: the ones to mend first.
-- rule: console-no-mfa, with a sign-in in the last days. NULL in password_last_used is never (or not since 2014) and is not listed here.
-- parameter: days = 30, how many days back a sign-in counts
SELECT account_id, user, password_last_used
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND NOT mfa_active
  AND password_last_used > NOW() - :days * INTERVAL '1 day'
ORDER BY password_last_used DESC, account_id, user;
