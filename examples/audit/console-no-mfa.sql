-- title: Users who can sign in to the console without MFA
-- group: MFA
-- why: One phished password is then all it takes.
-- rule: CIS 1.9 in v5, 2.10 in v7, Security Hub IAM.5: password_enabled and not mfa_active, root left out because root-mfa has its own rule. Tools
--   that take root along report members without root credentials. For users the report always tells both. Neither is NULL.
SELECT account_id, user, password_last_used, password_last_changed
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND NOT mfa_active
ORDER BY account_id, user;
