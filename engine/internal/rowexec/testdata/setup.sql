create temp table t (id bigint, g text, n bigint, f double precision, b boolean, at timestamp);
insert into t values
(1,'a',5,1.5,true,'2024-01-31 10:00:00'),
(2,'b',null,2.25,false,'2024-02-29 00:00:00'),
(3,'a',3,null,null,'2024-03-01 12:30:00'),
(4,null,8,-1,true,null),
(5,'b',1,0.5,true,'2024-01-31 10:00:00'),
(6,'a',5,3,false,'2023-12-31 23:59:59'),
(7,'c',4,2.25,true,null),
(8,null,2,8,true,'2024-02-29 00:00:00'),
(9,'a',null,4,true,'2024-05-05 05:05:05'),
(10,'d',6,5.5,null,'2024-06-06 06:06:06');
create temp table u (id bigint, t_id bigint, g text, w text);
insert into u values
(1,1,'a','x'),
(2,1,'a','y'),
(3,3,'b','x'),
(4,null,'c','z'),
(5,11,null,null),
(6,5,'b','y'),
(7,7,'e','x'),
(8,5,'b','y');
create temp table e (id bigint, g text);
