-- title: Passwords that are past their expiry
-- group: Passwords
-- why: Their owners must change them at the next sign-in, which mostly means that there will be none.
-- rule: password_next_rotation before now. NULL is no expiry, and is not listed.
SELECT account_id, user, password_next_rotation, password_last_used
FROM aws.iam_credential_report
WHERE password_enabled AND password_next_rotation < NOW()
ORDER BY password_next_rotation, account_id, user;
