/*---
name = { zh = "制造业就业占比（普查长表）", en = "Manufacturing, share of jobs (census sample)" }
definition = { zh = "制造业 ÷ 各行业就业人口；10% 抽样长表", en = "manufacturing ÷ all jobs; 10 % sample" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."制造业" / c."各种行业人口总计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
