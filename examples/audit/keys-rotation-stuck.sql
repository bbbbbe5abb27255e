-- title: Rotations that were begun and not finished
-- group: Access keys
-- why: A new key was made weeks ago and the old one is still used: the change did not reach every place where the key lies.
-- rule: Two active keys, both at least as old as the limit, and the older one used since the younger was made. NULL, a key that was never used or
--   whose use is not known, is not stuck. CIS counts the pair only.
-- parameter: days = 14, how long a rotation may take
WITH pair AS (
  SELECT account_id, user,
         LEAST(access_key_1_last_rotated, access_key_2_last_rotated) AS older,
         GREATEST(access_key_1_last_rotated, access_key_2_last_rotated) AS younger,
         CASE WHEN access_key_1_last_rotated <= access_key_2_last_rotated THEN access_key_1_last_used_date ELSE access_key_2_last_used_date END AS older_used
  FROM aws.iam_credential_report
  WHERE access_key_1_active AND access_key_2_active)
SELECT account_id, user, older, younger, older_used
FROM pair
WHERE younger <= NOW() - :days * INTERVAL '1 day' AND older_used >= younger
ORDER BY account_id, user;
