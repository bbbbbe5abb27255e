-- title: Passwords that have not been changed for long
-- group: Passwords
-- why: Long-lived passwords are those that were shared, written down or leaked in somebody else's breach.
-- rule: Older than the limit fails, exactly as old passes. Root has root-password-age. CIS no longer asks for expiry; PCI DSS 8.3.9 has 90 days where
--   a password is the only factor. A last change that is NULL, not told, is not listed.
-- parameter: days = 365, how old a password may be
SELECT account_id, user, password_last_changed, password_last_used, mfa_active
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND password_last_changed < NOW() - :days * INTERVAL '1 day'
ORDER BY password_last_changed, account_id, user;
