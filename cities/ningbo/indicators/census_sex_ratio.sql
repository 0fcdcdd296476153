/*---
name = { zh = "性别比（普查）", en = "Sex ratio (census)" }
definition = { zh = "男性人口 ÷ 女性人口 × 100", en = "men ÷ women × 100" }
unit = "ratio_per_100"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."人口数_男" / c."人口数_女" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
