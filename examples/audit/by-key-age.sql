-- title: Active keys by age
-- group: Summaries
-- why: Whether rotation happens at all.
-- rule: By the key's creation; root is in. A key without a date is under unknown.
SELECT CASE WHEN created_or_rotated IS NULL THEN 'unknown'
            WHEN created_or_rotated >= NOW() - INTERVAL '30 days' THEN '0 to 30 days'
            WHEN created_or_rotated >= NOW() - INTERVAL '90 days' THEN '31 to 90 days'
            WHEN created_or_rotated >= NOW() - INTERVAL '180 days' THEN '91 to 180 days'
            WHEN created_or_rotated >= NOW() - INTERVAL '365 days' THEN '181 to 365 days'
            WHEN created_or_rotated >= NOW() - INTERVAL '1095 days' THEN '1 to 3 years'
            ELSE 'over 3 years' END AS age,
       count(*) AS keys
FROM credsql.credentials
WHERE kind = 'access_key' AND active
GROUP BY 1
ORDER BY max(created_or_rotated) DESC NULLS LAST;
