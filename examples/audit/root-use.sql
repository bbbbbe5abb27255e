-- title: Root users that were used lately
-- group: Root
-- why: Root is for the few tasks that nothing else can do. Regular use means that daily work is done without limits and under a shared name.
-- rule: CIS 1.6 in v5, 2.7 in v7 asks to look at the password and both keys and gives no number of days. All three count here, the latest of them;
--   tools that stop at the first that is not empty, or look at the password alone, miss keys. NULL, never used or not known, is no use.
-- parameter: days = 90, how many days back use counts
SELECT account_id,
       GREATEST(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date) AS last_used,
       password_last_used, access_key_1_last_used_date AS key_1_last_used, access_key_2_last_used_date AS key_2_last_used
FROM aws.iam_credential_report
WHERE user = '<root_account>'
  AND GREATEST(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date) > NOW() - :days * INTERVAL '1 day'
ORDER BY last_used DESC, account_id;
