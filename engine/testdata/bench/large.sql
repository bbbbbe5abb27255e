-- group_user
SELECT count(*) FROM (SELECT user, count(*), max(user_creation_time) FROM aws.iam_credential_report GROUP BY user) t
-- group_arn
SELECT count(*) FROM (SELECT arn, count(*) FROM aws.iam_credential_report GROUP BY arn) t
-- group_day_account
SELECT count(*) FROM (SELECT account_id, date_trunc('day', user_creation_time), count(*) FROM aws.iam_credential_report GROUP BY 1, 2) t
-- distinct_arn
SELECT count(DISTINCT arn) FROM aws.iam_credential_report
-- distinct_users_by_account
SELECT account_id, count(DISTINCT user) FROM aws.iam_credential_report GROUP BY account_id
-- array_agg
SELECT account_id, array_agg(user) FROM aws.iam_credential_report GROUP BY account_id
-- median_by_account
SELECT account_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM user_creation_time)) FROM aws.iam_credential_report GROUP BY account_id
-- sort_arn
SELECT count(*) FROM (SELECT arn FROM aws.iam_credential_report ORDER BY arn OFFSET 0) t
-- sort_time
SELECT count(*) FROM (SELECT user, user_creation_time FROM aws.iam_credential_report ORDER BY user_creation_time, user OFFSET 0) t
-- join_arn
SELECT count(*) FROM aws.iam_credential_report a JOIN aws.iam_credential_report b ON a.arn = b.arn
-- join_small_left
SELECT count(*) FROM (VALUES ('svc-deploy-prod-1'), ('james.smith')) v(u) JOIN aws.iam_credential_report b ON v.u = b.user
-- not_in
SELECT count(*) FROM aws.iam_credential_report WHERE user NOT IN (SELECT user FROM aws.iam_credential_report WHERE mfa_active)
-- window_rank
SELECT max(r) FROM (SELECT rank() OVER (PARTITION BY account_id ORDER BY user_creation_time) AS r FROM aws.iam_credential_report) t
-- window_sum
SELECT max(r) FROM (SELECT count(*) OVER (PARTITION BY account_id) AS r FROM aws.iam_credential_report) t
-- correlated
SELECT count(*) FROM aws.iam_credential_report a WHERE user_creation_time = (SELECT max(user_creation_time) FROM aws.iam_credential_report b WHERE b.account_id = a.account_id)
-- like_arn
SELECT count(*) FROM aws.iam_credential_report WHERE arn LIKE '%:user/system/%'
-- upper_user
SELECT count(*) FROM aws.iam_credential_report WHERE upper(user) = 'JAMES.SMITH'
-- union_distinct
SELECT count(*) FROM (SELECT user FROM aws.iam_credential_report UNION SELECT access_key_1_last_used_service FROM aws.iam_credential_report) t
-- select_all
SELECT * FROM aws.iam_credential_report
