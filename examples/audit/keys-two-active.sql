-- title: Users with two active access keys
-- group: Access keys
-- why: Two keys are for the days of a rotation. Left so, one of them is forgotten.
-- rule: CIS 1.12 in v5 (dropped in v7): both slots active. Root counts too. The slots say nothing of age: both ages are shown.
--   NULL in a last use is never, or not known.
SELECT account_id, user, access_key_1_last_rotated AS key_1_created, access_key_1_last_used_date AS key_1_last_used,
       access_key_2_last_rotated AS key_2_created, access_key_2_last_used_date AS key_2_last_used
FROM aws.iam_credential_report
WHERE access_key_1_active AND access_key_2_active
ORDER BY account_id, user;
