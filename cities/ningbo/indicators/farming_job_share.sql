/*---
name = { zh = "农林牧渔业就业占比（普查长表）", en = "Farming, share of jobs (census sample)" }
definition = { zh = "农林牧渔业 ÷ 各行业就业人口；10% 抽样长表", en = "farming, forestry and fishing ÷ all jobs; 10 % sample" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."农林牧渔业" / c."各种行业人口总计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
