-- title: Accounts whose root still has credentials
-- group: Root
-- why: Members of an organization need no root credentials: central root access can remove them, and what is not there cannot be stolen.
-- rule: CIS 2.1.1 in v7 (by hand). A password, an active key or an active certificate counts. The management account always has a root password and
--   is listed too. NULL (not_supported in old reports) is shown as unknown, for a password is likely;
--   GovCloud's root never has one.
SELECT account_id,
       CASE WHEN password_enabled THEN 'yes' WHEN password_enabled IS NULL THEN 'unknown' ELSE 'no' END AS password,
       mfa_active, access_key_1_active OR access_key_2_active AS keys, cert_1_active OR cert_2_active AS certificates
FROM aws.iam_credential_report
WHERE user = '<root_account>'
  AND (password_enabled IS DISTINCT FROM false AND arn NOT LIKE 'arn:aws-us-gov:%' OR access_key_1_active OR access_key_2_active OR cert_1_active OR cert_2_active)
ORDER BY account_id;
