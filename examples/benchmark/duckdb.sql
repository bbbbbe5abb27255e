-- The same questions for DuckDB, over a table r whose column user is called user_name.
-- Q01
SELECT count(*) AS n, count(*) FILTER (WHERE mfa_active) AS mfa FROM r
-- Q02
SELECT count(*) AS n FROM r WHERE (access_key_1_active AND access_key_1_last_rotated < TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL '90 days') OR (access_key_2_active AND access_key_2_last_rotated < TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL '90 days')
-- Q03
SELECT count(*) AS n FROM r WHERE (access_key_1_active AND access_key_1_last_used_date IS NULL) OR (access_key_2_active AND access_key_2_last_used_date IS NULL)
-- Q04
SELECT account_id, user_name, password_last_used FROM r WHERE password_enabled AND NOT mfa_active ORDER BY password_last_used DESC NULLS LAST, arn LIMIT 100
-- Q05
SELECT account_id, password_last_used, mfa_active FROM r WHERE user_name = '<root_account>' AND (password_last_used >= TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL '90 days' OR access_key_1_active OR access_key_2_active OR NOT mfa_active) ORDER BY account_id
-- Q06
SELECT account_id, count(*) AS users, count(*) FILTER (WHERE password_enabled AND NOT mfa_active) AS no_mfa, count(*) FILTER (WHERE access_key_1_active AND access_key_1_last_rotated < TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL '90 days') AS stale FROM r GROUP BY account_id ORDER BY no_mfa DESC, account_id LIMIT 20
-- Q07
SELECT access_key_1_last_used_region AS region, access_key_1_last_used_service AS service, count(*) AS n, max(access_key_1_last_used_date) AS last_used FROM r WHERE access_key_1_active GROUP BY 1, 2 ORDER BY n DESC, 1, 2
-- Q08
SELECT arn, access_key_1_last_rotated FROM r WHERE access_key_1_active ORDER BY access_key_1_last_rotated, arn LIMIT 20
-- Q09
SELECT count(*) AS n FROM r WHERE user_name LIKE '%terraform%'
-- Q10
SELECT count(*) AS n FROM r WHERE user_name ~ '^(svc-)?[a-z0-9-]+-(prod|stage)-[0-9]+$'
-- Q11
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY age) AS p50, percentile_disc(0.9) WITHIN GROUP (ORDER BY age) AS p90, percentile_disc(0.99) WITHIN GROUP (ORDER BY age) AS p99 FROM (SELECT extract(epoch FROM TIMESTAMPTZ '2026-01-15 00:00:00+00' - access_key_1_last_rotated) / 86400.0 AS age FROM r WHERE access_key_1_active) t
-- Q12
SELECT count(*) AS pairs FROM r a JOIN r b ON a.user_name = b.user_name AND a.account_id < b.account_id WHERE a.password_enabled AND NOT a.mfa_active AND b.password_enabled AND NOT b.mfa_active AND a.user_name <> '<root_account>'
-- Q13
SELECT account_id, user_name, access_key_1_last_rotated, rn FROM (SELECT account_id, user_name, access_key_1_last_rotated, row_number() OVER (PARTITION BY account_id ORDER BY access_key_1_last_rotated, arn) AS rn FROM r WHERE access_key_1_active) t WHERE rn <= 3 ORDER BY account_id, rn
-- Q14
SELECT count(DISTINCT account_id) AS accounts, count(DISTINCT user_name) AS names, count(DISTINCT access_key_1_last_used_service) AS services FROM r
-- Q15
SELECT service, count(*) AS n, count(*) FILTER (WHERE rotated < TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL '90 days') AS stale, min(rotated) AS oldest FROM (SELECT access_key_1_last_used_service AS service, access_key_1_last_rotated AS rotated FROM r WHERE access_key_1_active UNION ALL SELECT access_key_2_last_used_service, access_key_2_last_rotated FROM r WHERE access_key_2_active) k GROUP BY service ORDER BY n DESC, service
-- Q16
SELECT arn AS _key, access_key_1_active, access_key_1_last_rotated, access_key_1_last_used_date, access_key_1_last_used_region, access_key_1_last_used_service, access_key_2_active, access_key_2_last_rotated, access_key_2_last_used_date, access_key_2_last_used_region, access_key_2_last_used_service, account_id, arn, cert_1_active, cert_1_last_rotated, cert_2_active, cert_2_last_rotated, mfa_active, password_enabled, password_last_changed, password_last_used, password_next_rotation, NULL AS tags, user_name, user_creation_time FROM r WHERE account_id = '@ACCT@'
