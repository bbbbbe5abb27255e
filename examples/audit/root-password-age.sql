-- title: Root passwords that have not been changed for long
-- group: Root
-- why: A root password is often known to people who have left. It should change with them.
-- rule: No benchmark sets a limit, so it is a parameter. Older than it fails, exactly as old passes. NULL: the report does not tell (not_supported),
--   or there is no password; neither is listed.
-- parameter: days = 365, how old a password may be
SELECT account_id, password_last_changed, password_last_used
FROM aws.iam_credential_report
WHERE user = '<root_account>' AND password_enabled AND password_last_changed < NOW() - :days * INTERVAL '1 day'
ORDER BY password_last_changed, account_id;
