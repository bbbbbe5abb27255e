-- title: Where keys were last used, by region
-- group: Summaries
-- why: Regions that nobody works in can be denied for the whole organization.
-- rule: Active keys by the region of their last use. Global services have no region and stand under (global or never).
SELECT COALESCE(region, '(global or never)') AS region, count(*) AS keys, count(DISTINCT account_id) AS accounts, max(last_used) AS last_used
FROM credsql.credentials
WHERE kind = 'access_key' AND active
GROUP BY 1
ORDER BY keys DESC, region;
