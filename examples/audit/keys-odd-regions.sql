-- title: Keys last used in a region that their account hardly uses
-- group: Access keys
-- why: A stolen key is often tried in regions where nobody looks.
-- rule: The regions of an account's active keys are counted; those with at most a given share of them are odd. Keys without a region (NULL) do not
--   count. The report knows the last use alone.
-- parameter: percent = 5, the share of an account's keys up to which a region is odd
WITH used AS (
  SELECT account_id, user, slot, region, service, last_used,
         count(*) OVER (PARTITION BY account_id, region) AS here, count(*) OVER (PARTITION BY account_id) AS everywhere
  FROM credsql.credentials
  WHERE kind = 'access_key' AND active AND region IS NOT NULL)
SELECT account_id, user, slot, region, service, last_used, here, everywhere
FROM used
WHERE everywhere >= 5 AND here * 100.0 / everywhere <= :percent
ORDER BY account_id, region, user, slot;
