-- sort_computed
SELECT user FROM aws.iam_credential_report ORDER BY upper(arn), user OFFSET 0
-- group_arrays
SELECT arn, array_agg(user ORDER BY arn) FROM aws.iam_credential_report GROUP BY arn
-- string_agg
SELECT length(string_agg(left(arn, 3), ',' ORDER BY arn DESC)) FROM aws.iam_credential_report
-- distinct_computed
SELECT count(DISTINCT upper(arn)), count(DISTINCT arn || user) FROM aws.iam_credential_report
-- percentile_text
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY arn || user) FROM aws.iam_credential_report
-- cube
SELECT account_id, user, count(*) FROM aws.iam_credential_report GROUP BY CUBE (account_id, user, mfa_active)
-- fan_out
SELECT count(*) FROM aws.iam_credential_report a JOIN aws.iam_credential_report b ON a.account_id = b.account_id WHERE a.user || b.user = 'x'
-- fan_out_left
SELECT count(b.arn) FROM aws.iam_credential_report a LEFT JOIN aws.iam_credential_report b ON a.mfa_active = b.mfa_active AND a.arn < b.arn
-- cross
SELECT count(*) FROM aws.iam_credential_report a, aws.iam_credential_report b WHERE a.user < b.user
-- cross_rows
SELECT a.user, b.user FROM aws.iam_credential_report a, aws.iam_credential_report b
-- not_in
SELECT count(*) FROM aws.iam_credential_report WHERE upper(arn) NOT IN (SELECT lower(arn) FROM aws.iam_credential_report)
-- semi
SELECT count(*) FROM aws.iam_credential_report a WHERE EXISTS (SELECT 1 FROM aws.iam_credential_report b WHERE b.user = a.user AND b.arn <> a.arn AND b.arn || a.arn = 'x')
-- quantified
SELECT count(*) FROM aws.iam_credential_report WHERE user > ALL (SELECT user FROM aws.iam_credential_report WHERE user < 'b')
-- union
SELECT upper(arn) FROM aws.iam_credential_report UNION SELECT lower(arn) FROM aws.iam_credential_report
-- except
SELECT arn || user FROM aws.iam_credential_report EXCEPT ALL SELECT arn FROM aws.iam_credential_report
-- distinct_on
SELECT DISTINCT ON (lower(arn)) arn FROM aws.iam_credential_report
-- window_all
SELECT row_number() OVER (ORDER BY lower(arn)), arn FROM aws.iam_credential_report
-- window_frame
SELECT max(user) OVER (ORDER BY user_creation_time ROWS BETWEEN 5000 PRECEDING AND 5000 FOLLOWING) FROM aws.iam_credential_report
-- window_arrays
SELECT count(*) FROM (SELECT array_agg(user) OVER (PARTITION BY account_id ORDER BY user) AS a FROM aws.iam_credential_report) t WHERE cardinality(a) = 7
-- regex_backtracks
SELECT count(*) FROM aws.iam_credential_report WHERE regexp_like(repeat(user, 20), '^(([a-z])+.)+[A-Z]([a-z])+$')
-- regex_replace
SELECT count(DISTINCT regexp_replace(arn, '([a-z]+)', '<\1>', 'g')) FROM aws.iam_credential_report
-- like_long
SELECT count(*) FROM aws.iam_credential_report WHERE repeat(user, 500) LIKE '%a%b%c%d%e%f%g%h%i%j%'
-- long_texts
SELECT max(length(repeat(user, 50000))) FROM aws.iam_credential_report
-- series
SELECT count(*) FROM generate_series(1, 100000000) g
-- series_sorted
SELECT g FROM generate_series(1, 100000000) g ORDER BY g DESC
-- recursive
WITH RECURSIVE r(n) AS (SELECT arn FROM aws.iam_credential_report UNION SELECT n || 'x' FROM r) SELECT count(*) FROM r
-- materialised
WITH c AS (SELECT arn || user AS k FROM aws.iam_credential_report) SELECT count(*) FROM c a JOIN c b ON a.k < b.k WHERE a.k > 'arn:aws:iam::9'
-- correlated
SELECT user, (SELECT array_agg(b.arn) FROM aws.iam_credential_report b WHERE b.account_id = a.account_id AND b.user <> a.user) FROM aws.iam_credential_report a
-- lists
SELECT cardinality(ARRAY(SELECT arn || user FROM aws.iam_credential_report))
