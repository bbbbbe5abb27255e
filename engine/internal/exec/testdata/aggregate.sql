SELECT count(*), count(n), count(b), count(few), count(none) FROM r
SELECT count(*) FILTER (WHERE b), count(n) FILTER (WHERE b), count(*) FILTER (WHERE none = 1) FROM r
SELECT min(n), max(n), min(f), max(f), min(few), max(few), min(at), max(at), min(none), max(one) FROM r
SELECT sum(n), avg(n), sum(f), avg(f), sum(none), avg(none), sum(id) FROM r
SELECT sum(f), avg(f) FROM r WHERE f < 100 AND f > -100
SELECT bool_and(b), bool_or(b), bool_and(n > -100), bool_or(n > 100), every(b) FROM r
SELECT few, count(*), sum(n), min(many), max(at), avg(f) FROM r GROUP BY few
SELECT many, count(*), min(id) FROM r GROUP BY many
SELECT few, b, count(*), max(n) FROM r GROUP BY few, b
SELECT n, f, b, count(*) FROM r GROUP BY n, f, b
SELECT few, many, n, at, count(*) FROM r GROUP BY few, many, n, at
SELECT n % 3, upper(few), count(*) FROM r GROUP BY n % 3, upper(few)
SELECT one, none, count(*) FROM r GROUP BY one, none
SELECT f, count(*) FROM r GROUP BY f
SELECT at, min(few) FROM r GROUP BY at
SELECT at - TIMESTAMP '2023-01-01', count(*) FROM r GROUP BY at - TIMESTAMP '2023-01-01'
SELECT few, count(*) FILTER (WHERE n > 3), sum(n) FILTER (WHERE b), min(f) FILTER (WHERE few = 'red') FROM r GROUP BY few
SELECT count(DISTINCT few), count(DISTINCT many), count(DISTINCT n), count(DISTINCT f), count(DISTINCT b), count(DISTINCT at), count(DISTINCT one), count(DISTINCT none) FROM r
SELECT few, count(DISTINCT many), count(DISTINCT n), count(DISTINCT b) FROM r GROUP BY few
SELECT count(DISTINCT many) FILTER (WHERE n > 0), sum(DISTINCT n), avg(DISTINCT f), min(DISTINCT few), max(DISTINCT n) FROM r
SELECT few, array_agg(id), array_agg(n ORDER BY n DESC, id), string_agg(many, ',') FROM r GROUP BY few
SELECT array_agg(DISTINCT n), array_agg(DISTINCT few), string_agg(DISTINCT few, '-' ORDER BY few DESC, '-') FROM r
SELECT b, array_agg(id ORDER BY f NULLS FIRST, id) FILTER (WHERE id % 7 = 0) FROM r GROUP BY b
SELECT string_agg(few, ',' ORDER BY id) FROM r WHERE id < 20
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f), percentile_disc(0.5) WITHIN GROUP (ORDER BY f), approx_percentile(0.9) WITHIN GROUP (ORDER BY n) FROM r
SELECT few, percentile_cont(0.25) WITHIN GROUP (ORDER BY f DESC), percentile_disc(0.75) WITHIN GROUP (ORDER BY at) FROM r GROUP BY few
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY few), mode() WITHIN GROUP (ORDER BY n), percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY id) FROM r
SELECT approx_percentile(0.5) WITHIN GROUP (ORDER BY f), approx_percentile(0.9) WITHIN GROUP (ORDER BY f), approx_percentile(0.99) WITHIN GROUP (ORDER BY f) FROM r WHERE b
SELECT percentile_cont(1.5) WITHIN GROUP (ORDER BY f) FROM r
SELECT approx_percentile(0.5) WITHIN GROUP (ORDER BY none), approx_percentile(0) WITHIN GROUP (ORDER BY n), approx_percentile(1) WITHIN GROUP (ORDER BY n) FROM r
SELECT few, b, count(*), sum(n) FROM r GROUP BY ROLLUP (few, b)
SELECT few, b, n > 3, count(*), count(DISTINCT many) FROM r GROUP BY CUBE (few, b, n > 3)
SELECT few, b, count(*) FROM r GROUP BY GROUPING SETS ((few), (b), ())
SELECT count(*), sum(n) FROM r WHERE false
SELECT few, count(*) FROM r WHERE false GROUP BY few
SELECT few, count(*) FROM r WHERE false GROUP BY ROLLUP (few)
SELECT few, count(*) AS c FROM r GROUP BY few HAVING count(*) > 30
SELECT sum(9223372036854775807 - id) FROM r
SELECT few, sum(1 / n) FROM r GROUP BY few
SELECT bit_and(n), bit_or(n) FROM r
SELECT DISTINCT few, b FROM r
SELECT DISTINCT n FROM r WHERE n > 3
SELECT DISTINCT many FROM r
SELECT DISTINCT ON (few) few, id, n FROM r ORDER BY few, n DESC, id
SELECT DISTINCT ON (b, few) id FROM r ORDER BY b, few, id DESC
SELECT DISTINCT few || 'x' FROM r LIMIT 3
