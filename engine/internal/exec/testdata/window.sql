SELECT id, row_number() OVER (ORDER BY n, id) FROM r
SELECT id, row_number() OVER (PARTITION BY few ORDER BY f, id), rank() OVER (PARTITION BY few ORDER BY n), dense_rank() OVER (PARTITION BY few ORDER BY n DESC) FROM r
SELECT id, sum(n) OVER (PARTITION BY b ORDER BY id), count(*) OVER (PARTITION BY few), max(at) OVER () FROM r
SELECT id, lag(n) OVER (ORDER BY id), lead(few, 2, 'none') OVER (PARTITION BY b ORDER BY id), first_value(id) OVER (PARTITION BY few ORDER BY f, id) FROM r
SELECT id, sum(n) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING), avg(f) OVER (ORDER BY n RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM r WHERE f < 100
SELECT id, count(n) FILTER (WHERE b) OVER (PARTITION BY few ORDER BY id) FROM r
SELECT id, ntile(4) OVER (ORDER BY id), percent_rank() OVER (ORDER BY n), cume_dist() OVER (ORDER BY n) FROM r
SELECT * FROM (SELECT id, few, row_number() OVER (PARTITION BY few ORDER BY n, id) AS rn FROM r) s WHERE rn <= 3
SELECT * FROM (SELECT id, few, row_number() OVER (PARTITION BY few, b ORDER BY at DESC NULLS FIRST, id) AS rn FROM r) s WHERE rn < 3 ORDER BY few, rn, id
SELECT * FROM (SELECT id, few, rank() OVER (PARTITION BY few ORDER BY n DESC) AS rn FROM r) s WHERE 2 >= rn AND id > 5
SELECT * FROM (SELECT id, rank() OVER (ORDER BY few) AS rn FROM r) s WHERE rn = 1
SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY many ORDER BY f DESC) AS rn FROM r WHERE b) s WHERE rn <= 1
SELECT id, sum(count(*)) OVER (ORDER BY id) FROM r GROUP BY id LIMIT 5
SELECT few, sum(n), rank() OVER (ORDER BY sum(n) DESC NULLS LAST) FROM r GROUP BY few
SELECT count(*) FROM (SELECT row_number() OVER () FROM r) s
SELECT id, 10 / first_value(n) OVER (ORDER BY id) FROM r WHERE n = 0
