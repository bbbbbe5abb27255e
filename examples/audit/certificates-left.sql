-- title: Inactive signing certificates that were not deleted
-- group: Certificates
-- why: What is inactive can be made active again.
-- rule: A date of upload without cert_N_active. Root is in. An inactive certificate without a date (NULL) is none.
SELECT account_id, user, slot, created_or_rotated AS uploaded
FROM credsql.credentials
WHERE kind = 'certificate' AND NOT active
ORDER BY account_id, user, slot;
