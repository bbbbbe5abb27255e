-- times
SELECT id, extract(year FROM at), extract(month FROM at), extract(day FROM at), extract(hour FROM at), extract(minute FROM at), extract(second FROM at) FROM ev ORDER BY id;
SELECT id, extract(epoch FROM at), extract(doy FROM at), extract(week FROM at), extract(quarter FROM at), extract(isodow FROM at), extract(isoyear FROM at) FROM ev ORDER BY id;
SELECT id, extract(milliseconds FROM at), extract(microseconds FROM at), extract(decade FROM at), extract(century FROM at), extract(millennium FROM at), extract(julian FROM at) FROM ev ORDER BY id;
-- differs: dow counts from 1, Monday, to 7, as the DDSQL reference has it
SELECT id, extract(dow FROM at) FROM ev ORDER BY id;
-- differs: all times are UTC, whose offset is 0
SELECT extract(timezone_hour FROM at) FROM ev ORDER BY id;
SELECT extract(nosuch FROM at) FROM ev;
SELECT extract(year FROM 5);
SELECT extract(year FROM '2024-01-01');
SELECT extract('year' FROM at), extract(YEAR FROM at), date_part('year', at), date_part('epoch', at) FROM ev WHERE id = 1;
SELECT id, extract(epoch FROM span), extract(day FROM span), extract(hour FROM span), extract(minute FROM span), extract(second FROM span), extract(month FROM span), extract(year FROM span) FROM ev ORDER BY id;
SELECT extract(week FROM span) FROM ev;
SELECT id, date_trunc('year', at), date_trunc('quarter', at), date_trunc('month', at), date_trunc('week', at), date_trunc('day', at) FROM ev ORDER BY id;
SELECT id, date_trunc('hour', at), date_trunc('minute', at), date_trunc('second', at), date_trunc('milliseconds', at), date_trunc('decade', at), date_trunc('century', at), date_trunc('millennium', at) FROM ev ORDER BY id;
-- differs: plural units, as in the DDSQL reference
SELECT date_trunc('days', at), date_trunc('quarters', at) FROM ev ORDER BY id;
SELECT date_trunc('nosuch', at) FROM ev;
SELECT date_trunc('day', span), date_trunc('hour', span), date_trunc('month', span) FROM ev ORDER BY id;
SELECT date_trunc(NULL, at), date_trunc('day', NULL::timestamp) FROM ev WHERE id = 1;
SELECT date_trunc('day', '2024-01-31 10:00:00');
SELECT id, date_bin('15 minutes', at, TIMESTAMP '2020-01-01 00:00:00'), date_bin(INTERVAL '1 day', at, TIMESTAMP '2030-01-01 06:00:00'), date_bin('7 days', at, TIMESTAMP '2024-01-01 00:00:00') FROM ev ORDER BY id;
SELECT date_bin('1 month', at, at) FROM ev;
SELECT date_bin('0 seconds', at, at) FROM ev;
SELECT date_bin('-1 day', at, at) FROM ev;
SELECT id, at + INTERVAL '1 month', at - INTERVAL '1 month', at + INTERVAL '1 day 2 hours', at - INTERVAL '1 year', INTERVAL '1 day' + at FROM ev ORDER BY id;
SELECT id, at + span, at - span, at - TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00' - at FROM ev ORDER BY id;
SELECT TIMESTAMP '2024-01-31 00:00:00' + INTERVAL '1 month', TIMESTAMP '2024-03-31 00:00:00' - INTERVAL '1 month', TIMESTAMP '2023-03-31 00:00:00' - INTERVAL '1 month', TIMESTAMP '2024-02-29 00:00:00' + INTERVAL '1 year';
SELECT at + '1 day', '1 day' + at FROM ev WHERE id = 1;
SELECT at - '2024-01-01' FROM ev WHERE id = 1;
SELECT at + 1 FROM ev;
SELECT at + at FROM ev;
SELECT at * 2 FROM ev;
SELECT INTERVAL '1 day' - at FROM ev;
SELECT at < '2024-06-01', at = TIMESTAMP '2024-02-29 12:00:00.25', at BETWEEN '2024-01-01' AND '2024-03-01', at IS NULL FROM ev ORDER BY id;
SELECT at > 5 FROM ev;
SELECT at = 'x' FROM ev;
SELECT age(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2023-01-31 12:00:00'), age(TIMESTAMP '2023-01-31 00:00:00', TIMESTAMP '2024-03-01 00:00:00'), age(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00');
SELECT id, age(at, TIMESTAMP '2000-01-01 00:00:00'), age(TIMESTAMP '2024-12-31 00:00:00', at) FROM ev ORDER BY id;
SELECT make_timestamp(2024, 2, 29, 12, 30, 15.5);
SELECT make_timestamp(2023, 2, 29, 0, 0, 0);
SELECT make_timestamp(2024, 13, 1, 0, 0, 0);
SELECT make_timestamp(2024, 1, 1, 24, 0, 0), make_timestamp(2024, 1, 1, 0, 0, 60);
SELECT make_interval(), make_interval(1, 2, 3, 4, 5, 6, 7.5), make_interval(days => 10), make_interval(years => 1, hours => 2), make_interval(0, 0, 0, 1, secs => 5), make_interval(mins => -90);
SELECT make_interval(nope => 1);
SELECT make_interval(days => 1, days => 2);
SELECT make_interval(days => 1, 2);
SELECT make_interval(1, years => 2);
SELECT make_interval(days => 1.5);
SELECT make_interval(days => 'x');
SELECT to_timestamp(0), to_timestamp(1700000000.5), to_timestamp(-1);
SELECT to_timestamp('2024-01-31 10:20:30', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('31 Jan 2024', 'DD Mon YYYY'), to_timestamp('01/31/24', 'MM/DD/YY'), to_timestamp('2024 10:20 PM', 'YYYY HH12:MI AM');
SELECT to_timestamp('x', 'YYYY');
SELECT to_timestamp('2024-13', 'YYYY-MM');
SELECT id, to_char(at, 'YYYY-MM-DD HH24:MI:SS.MS'), to_char(at, 'FMDD Mon YYYY'), to_char(at, 'Day, DD Month'), to_char(at, 'HH12:MI:SS PM'), to_char(at, 'IYYY-IW-ID'), to_char(at, 'Q DDD J'), to_char(at, '"week" WW') FROM ev ORDER BY id;
SELECT to_char(at, ''), to_char(at, NULL), to_char(NULL::timestamp, 'YYYY') FROM ev WHERE id = 1;
SELECT to_char(span, 'HH24:MI:SS'), to_char(span, 'DD HH24') FROM ev ORDER BY id;
SELECT isfinite(at) FROM ev ORDER BY id;
-- differs: times are finite
SELECT 'infinity'::timestamp;
SELECT now() = now(), now() > TIMESTAMP '2020-01-01 00:00:00', transaction_timestamp() = now();
-- differs: there are no dates without a time
SELECT CURRENT_DATE IS NOT NULL;
SELECT CURRENT_TIMESTAMP = now();
SELECT LOCALTIMESTAMP IS NOT NULL;
-- differs: what changes from call to call is left out
SELECT clock_timestamp() IS NOT NULL WHERE false;
-- differs: a time is an instant, so that AT TIME ZONE gives its local time
SELECT TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin';
SELECT TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'UTC';
SELECT TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'Nowhere/Land';
SELECT TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE NULL;
-- differs: OVERLAPS is refused: comparisons say it
SELECT (TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-02-01 00:00:00') OVERLAPS (TIMESTAMP '2024-01-15 00:00:00', TIMESTAMP '2024-03-01 00:00:00');
-- differs: there are no dates without a time
SELECT DATE '2024-01-01';
-- differs: there are no dates without a time
SELECT '2024-01-01'::date;
-- differs: there are no times without a date
SELECT TIME '10:00';
-- spans of time
SELECT id, span + INTERVAL '1 hour', span - INTERVAL '1 day', -span, span * 2, 2 * span, span * 0.5, span / 2 FROM ev ORDER BY id;
SELECT INTERVAL '1 day' * 1.5, INTERVAL '1 month' * 0.5, INTERVAL '1 year' / 7, INTERVAL '1 month' / 30, INTERVAL '1 second' / 3;
SELECT INTERVAL '1 day' / 0;
SELECT span / span FROM ev;
SELECT span * span FROM ev;
SELECT span + 1 FROM ev;
SELECT id, span < INTERVAL '1 day', span = INTERVAL '30 days', span > '0', span IS DISTINCT FROM INTERVAL '1 month' FROM ev ORDER BY id;
SELECT justify_days(INTERVAL '65 days'), justify_hours(INTERVAL '50 hours'), justify_interval(INTERVAL '1 month -1 hour'), justify_interval(INTERVAL '-1 day 25 hours');
SELECT id, justify_days(span), justify_hours(span), justify_interval(span) FROM ev ORDER BY id;
SELECT INTERVAL '1' DAY, INTERVAL '2' HOUR, INTERVAL '3' MINUTE, INTERVAL '4' SECOND, INTERVAL '5' MONTH, INTERVAL '6' YEAR;
-- differs: a part of a unit that the field would cut off is refused
SELECT INTERVAL '1.5' DAY;
-- differs: fields from one to another are refused: INTERVAL '1 year 2 months' says it
SELECT INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03' DAY TO MINUTE;
SELECT INTERVAL '1 day 1', INTERVAL '90 minutes', INTERVAL '1 week', INTERVAL '1 decade', INTERVAL '1 century', INTERVAL '1.5 hours', INTERVAL '0.1 seconds', INTERVAL '1 mon -1 day';
SELECT INTERVAL '1 MILLISECOND 2 SECONDS 3 MINUTES 4 HOURS 5 DAYS', INTERVAL '1 day - 2 hours';
SELECT INTERVAL '';
SELECT INTERVAL '1 day' = INTERVAL '24 hours', INTERVAL '1 month' = INTERVAL '30 days', INTERVAL '1 month' > INTERVAL '29 days 23 hours', INTERVAL '1 year' = INTERVAL '365 days', INTERVAL '12 months' = INTERVAL '1 year';
SELECT sum(span) FROM ev WHERE false;
SELECT date_trunc('month', at) AS m, count(*), min(at), max(at) - min(at) FROM ev GROUP BY 1 ORDER BY 1;
SELECT id FROM ev WHERE at >= TIMESTAMP '2024-01-01 00:00:00' AND at < TIMESTAMP '2024-01-01 00:00:00' + INTERVAL '1 year' ORDER BY id;
SELECT id, at - lag(at) OVER (ORDER BY at) FROM ev ORDER BY at, id;
SELECT extract(epoch FROM max(at) - min(at)) / 86400 FROM ev;
