-- title: Root users that can sign in without MFA
-- group: Root
-- why: The root user of an account can do everything in it and nothing limits it. A password alone must not be enough to become root.
-- rule: CIS 1.4 in v5, 2.5 in v7: it fails if MFA is off and there is a password. Members that were created without root credentials have none and
--   pass, where a check of mfa_active alone reports them all. Old reports say not_supported of root's password, which is NULL: with MFA off they
--   are listed and said to be unknown. Root of GovCloud has no console and is left out.
SELECT account_id, password_enabled IS NULL AS unknown, password_last_used
FROM aws.iam_credential_report
WHERE user = '<root_account>'
  AND NOT mfa_active
  AND password_enabled IS DISTINCT FROM false
  AND arn NOT LIKE 'arn:aws-us-gov:%'
ORDER BY account_id;
