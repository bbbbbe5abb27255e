-- title: Users with a password, an active key and no MFA
-- group: MFA
-- why: Two ways in for an attacker, neither of them guarded.
-- rule: Both conditions at once; root is left out. Nothing is NULL for users.
SELECT account_id, user, password_last_used,
       GREATEST(access_key_1_last_used_date, access_key_2_last_used_date) AS key_last_used
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND NOT mfa_active AND (access_key_1_active OR access_key_2_active)
ORDER BY account_id, user;
