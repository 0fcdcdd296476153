/*---
name = { zh = "一人户占比（普查）", en = "One-person households (census)" }
definition = { zh = "一人户 ÷ 家庭户", en = "one-person households ÷ family households" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."一人户数" / c."家庭户数" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
