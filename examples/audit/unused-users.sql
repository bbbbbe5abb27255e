-- title: Users who have used nothing for N days
-- group: Unused
-- why: A whole user that can go.
-- rule: All that the user has was last used at least N days ago, never counting from creation, and the user exists that long. Users without any
--   credential are users-empty's. A certificate's use is not known: users with an
--   active one are left out. In reports of 2014 the use of keys is not known, and creation counts for them as well.
-- parameter: days = 90, for how long a user may sleep
SELECT account_id, user, user_creation_time,
       GREATEST(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date) AS last_used
FROM aws.iam_credential_report
WHERE user <> '<root_account>'
  AND (password_enabled OR access_key_1_active OR access_key_2_active) AND NOT cert_1_active AND NOT cert_2_active
  AND COALESCE(GREATEST(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date), user_creation_time) <= NOW() - :days * INTERVAL '1 day'
ORDER BY COALESCE(GREATEST(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date), user_creation_time), account_id, user;
