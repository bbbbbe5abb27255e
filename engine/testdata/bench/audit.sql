-- Q01 everything, and those with MFA
SELECT count(*) AS n, count(*) FILTER (WHERE mfa_active) AS mfa FROM aws.iam_credential_report;
-- Q02 active keys not rotated for 90 days
SELECT count(*) AS n FROM aws.iam_credential_report WHERE (access_key_1_active AND access_key_1_last_rotated < TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days') OR (access_key_2_active AND access_key_2_last_rotated < TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days');
-- Q03 active keys never used
SELECT count(*) AS n FROM aws.iam_credential_report WHERE (access_key_1_active AND access_key_1_last_used_date IS NULL) OR (access_key_2_active AND access_key_2_last_used_date IS NULL);
-- Q04 console users without MFA
SELECT account_id, user, password_last_used FROM aws.iam_credential_report WHERE password_enabled AND NOT mfa_active ORDER BY password_last_used DESC NULLS LAST, arn LIMIT 100;
-- Q05 root used in the last 90 days, or with keys, or without MFA
SELECT account_id, password_last_used, mfa_active FROM aws.iam_credential_report WHERE user = '<root_account>' AND (password_last_used >= TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days' OR access_key_1_active OR access_key_2_active OR NOT mfa_active) ORDER BY account_id;
-- Q06 per account: users, without MFA, stale keys
SELECT account_id, count(*) AS users, count(*) FILTER (WHERE password_enabled AND NOT mfa_active) AS no_mfa, count(*) FILTER (WHERE access_key_1_active AND access_key_1_last_rotated < TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days') AS stale FROM aws.iam_credential_report GROUP BY account_id ORDER BY no_mfa DESC, account_id LIMIT 20;
-- Q07 per region and service: keys, last use
SELECT access_key_1_last_used_region AS region, access_key_1_last_used_service AS service, count(*) AS n, max(access_key_1_last_used_date) AS last_used FROM aws.iam_credential_report WHERE access_key_1_active GROUP BY access_key_1_last_used_region, access_key_1_last_used_service ORDER BY n DESC, region, service;
-- Q08 20 oldest active keys
SELECT arn, access_key_1_last_rotated FROM aws.iam_credential_report WHERE access_key_1_active ORDER BY access_key_1_last_rotated, arn LIMIT 20;
-- Q09 LIKE on the user name
SELECT count(*) AS n FROM aws.iam_credential_report WHERE user LIKE '%terraform%';
-- Q10 regular expression on the user name
SELECT count(*) AS n FROM aws.iam_credential_report WHERE regexp_like(user, '^(svc-)?[a-z0-9-]+-(prod|stage)-[0-9]+$');
-- Q11 percentiles of key age in days
SELECT approx_percentile(0.5) WITHIN GROUP (ORDER BY age) AS p50, approx_percentile(0.9) WITHIN GROUP (ORDER BY age) AS p90, approx_percentile(0.99) WITHIN GROUP (ORDER BY age) AS p99 FROM (SELECT extract(epoch FROM TIMESTAMP '2026-01-15 00:00:00' - access_key_1_last_rotated) / 86400.0 AS age FROM aws.iam_credential_report WHERE access_key_1_active) t;
-- Q12 the same user name in several accounts, both with a password and no MFA
SELECT count(*) AS pairs FROM aws.iam_credential_report a JOIN aws.iam_credential_report b ON a.user = b.user AND a.account_id < b.account_id WHERE a.password_enabled AND NOT a.mfa_active AND b.password_enabled AND NOT b.mfa_active AND a.user <> '<root_account>';
-- Q13 per account the 3 oldest active keys
SELECT account_id, user, access_key_1_last_rotated, rn FROM (SELECT account_id, user, access_key_1_last_rotated, row_number() OVER (PARTITION BY account_id ORDER BY access_key_1_last_rotated, arn) AS rn FROM aws.iam_credential_report WHERE access_key_1_active) t WHERE rn <= 3 ORDER BY account_id, rn;
-- Q14 distinct counts
SELECT count(DISTINCT account_id) AS accounts, count(DISTINCT user) AS names, count(DISTINCT access_key_1_last_used_service) AS services FROM aws.iam_credential_report;
-- Q15 both key slots as rows, by service
SELECT service, count(*) AS n, count(*) FILTER (WHERE rotated < TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days') AS stale, min(rotated) AS oldest FROM (SELECT access_key_1_last_used_service AS service, access_key_1_last_rotated AS rotated FROM aws.iam_credential_report WHERE access_key_1_active UNION ALL SELECT access_key_2_last_used_service, access_key_2_last_rotated FROM aws.iam_credential_report WHERE access_key_2_active) k GROUP BY service ORDER BY n DESC, service;
-- Q16 everything of one account
SELECT * FROM aws.iam_credential_report WHERE account_id = '@ACCT@';
