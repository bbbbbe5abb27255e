-- title: How many console users have MFA, by account
-- group: MFA
-- why: A number to watch, and the accounts to begin with.
-- rule: Users with a password only, root not counted. Accounts without such users have no percentage (NULL), not 100.
SELECT account_id,
       count(*) FILTER (WHERE password_enabled) AS console_users,
       count(*) FILTER (WHERE password_enabled AND mfa_active) AS with_mfa,
       ROUND(100.0 * count(*) FILTER (WHERE password_enabled AND mfa_active) / NULLIF(count(*) FILTER (WHERE password_enabled), 0), 1) AS percent
FROM aws.iam_credential_report
WHERE user <> '<root_account>'
GROUP BY account_id
ORDER BY percent NULLS LAST, account_id;
