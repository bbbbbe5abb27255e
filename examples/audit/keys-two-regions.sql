-- title: Users whose keys were last used in different regions
-- group: Access keys
-- why: One program works in one place. Two regions may be two programs that share a user, or a key that is used by somebody else.
-- rule: Both keys active with a region each. NULL: never used, or a global service that has no region; such pairs are not compared.
SELECT account_id, user, access_key_1_last_used_region AS region_1, access_key_1_last_used_date AS used_1,
       access_key_2_last_used_region AS region_2, access_key_2_last_used_date AS used_2
FROM aws.iam_credential_report
WHERE access_key_1_active AND access_key_2_active AND access_key_1_last_used_region <> access_key_2_last_used_region
ORDER BY account_id, user;
