/*---
name = { zh = "户均人口（普查）", en = "Persons per household (census)" }
definition = { zh = "家庭户人口数 ÷ 家庭户数；2010 年的区划不同，只算全市", en = "persons in family households ÷ family households; districts differed in 2010, so only the city" }
unit = "persons"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 1.0 * c."家庭户人口数" / c."家庭户数" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
UNION ALL
SELECT 'ningbo' AS area, '2010' AS period, 1.0 * c."人口数" / c."户数" AS value
FROM census2010 c
WHERE CAST(c."区划代码" AS VARCHAR) = '330200'
