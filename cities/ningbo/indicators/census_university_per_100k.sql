/*---
name = { zh = "每 10 万人大学文化程度人口（普查）", en = "University educated per 100,000 (census)" }
definition = { zh = "大学专科与本科及以上 ÷ 总人口 × 100000", en = "college, bachelor and above ÷ all residents × 100,000" }
unit = "per_100k_persons"
direction = "up"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100000.0 *
       (c."大学专科_男" + c."大学专科_女" + c."本科及以上_男" + c."本科及以上_女") / c."人口数_合计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
