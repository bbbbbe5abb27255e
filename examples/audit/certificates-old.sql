-- title: Active signing certificates older than the limit
-- group: Certificates
-- why: A certificate is as old as its private key, wherever that lies.
-- rule: Older than the limit fails, exactly as old passes. NULL: active without a date, as some tools write it; it is not listed here but in
--   certificates-active.
-- parameter: days = 365, how old a certificate may be
SELECT account_id, user, slot, created_or_rotated AS uploaded
FROM credsql.credentials
WHERE kind = 'certificate' AND active AND created_or_rotated < NOW() - :days * INTERVAL '1 day'
ORDER BY created_or_rotated, account_id, user, slot;
