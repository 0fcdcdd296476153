/*---
name = { zh = "城镇化率（普查）", en = "Urbanisation rate (census)" }
definition = { zh = "城镇人口 ÷ 总人口", en = "urban residents ÷ all residents" }
unit = "%"
direction = "up"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."城镇人口" / c."人口数_合计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
