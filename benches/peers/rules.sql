-- The seven rules for DuckDB, over tables of the relations. One row for each finding: the code, and the ids.
with recursive
  reference as (
    from about union all from action union all from article_scope union all from asserted_by union all from bearer
    union all from because union all from cites union all from narrows union all from overrides union all from part_of
    union all from parties union all from purpose union all from purposes union all from scope union all from toward
    union all from within
  ),
  ordered as (
    select a.a as id, a.b as action, n.b as bearer from declared d
    join action a on a.a = d.id join bearer n on n.a = d.id where d.kind = 'obligation'
  ),
  forbidden as (
    select a.a as id, a.b as action, n.b as bearer from declared d
    join action a on a.a = d.id join bearer n on n.a = d.id where d.kind = 'prohibition'
  ),
  -- What a purpose is a part of, who belongs to whom (itself first), what a scope lies in, what a claim rests on.
  wider(a, b) as (
    select id, id from declared where kind = 'purpose'
    union select w.a, n.b from wider w join narrows n on n.a = w.b
  ),
  belongs(a, b) as (
    select id, id from declared where kind = 'actor'
    union select w.a, p.b from belongs w join part_of p on p.a = w.b
  ),
  around(a, b) as (
    select a, b from within union select x.a, w.b from around x join within w on w.a = x.b
  ),
  rests(a, b) as (
    select a, b from because union select r.a, s.b from rests r join because s on s.a = r.b
  ),
  -- Of a scope with exclusive parts, the part in which each scope lies.
  part(a, whole, inner_part) as (
    select w.a, w.b, w.a from within w join exclusive e on e.a = w.b
    union select w.a, p.whole, p.inner_part from part p join within w on w.b = p.a
  ),
  bound as (
    select distinct p.a, p.b from purpose p join cites c on c.a = p.a join purposes l on l.a = c.b
    where p.b in (select id from declared)
  ),
  listed as (
    select distinct p.a, p.b from purpose p join wider w on w.a = p.b join cites c on c.a = p.a
    join purposes l on l.a = c.b and l.b = w.b
  ),
  asked as (
    select s.a as id, s.b as scope, c.b as article, x.b as applies from scope s join cites c on c.a = s.a
    join article_scope x on x.a = c.b
  ),
  met as (
    select o.id as o, p.id as p, o.bearer as b, p.bearer as c from ordered o join forbidden p on p.action = o.action
  ),
  pair as (
    select distinct o, p from met
    where ((b, c) in (select (a, b) from belongs) or (c, b) in (select (a, b) from belongs))
      and (o, p) not in (select (a, b) from overrides) and (p, o) not in (select (a, b) from overrides)
  ),
  scoped as (
    select o, p, x.b as x, y.b as y from pair left join scope x on x.a = o left join scope y on y.a = p
  )
select 'CL0001', r.b || ' ' || r.a from reference r anti join declared d on d.id = r.b
union all select 'CL0002', id from declared group by id having count(*) > 1
union all select 'CL0101', d.id from declared d anti join cites c on c.a = d.id
  where d.kind in ('obligation', 'prohibition')
union all (select 'CL0201', a || ' ' || b from bound except select 'CL0201', a || ' ' || b from listed)
union all select 'CL0203', q.id || ' ' || q.scope || ' ' || q.article from asked q
  join around r on r.a = q.applies and r.b = q.scope
union all select 'CL0203', q.id || ' ' || q.scope || ' ' || q.article from asked q
  join part x on x.a = q.scope join part y on y.a = q.applies and y.whole = x.whole
  where x.inner_part <> y.inner_part
union all select 'CL0401', o || ' ' || p from scoped
  where (x is null and y is null) or x = y or (x, y) in (select (a, b) from around)
    or (y, x) in (select (a, b) from around)
union all select 'CL0501', a from rests where a = b
