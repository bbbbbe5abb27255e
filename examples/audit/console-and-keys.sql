-- title: Users with both a password and an active access key
-- group: Passwords
-- why: People should sign in and programs should have keys: who has both has one too many, and often for good.
-- rule: Root is left out, for root-keys has it. Nothing is NULL for users.
SELECT account_id, user, password_last_used,
       GREATEST(access_key_1_last_used_date, access_key_2_last_used_date) AS key_last_used, mfa_active
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled AND (access_key_1_active OR access_key_2_active)
ORDER BY account_id, user;
