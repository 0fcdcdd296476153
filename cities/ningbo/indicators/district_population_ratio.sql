/*---
name = { zh = "区县人口最大最小比", en = "Largest to smallest district" }
definition = { zh = "十个区（县、市）常住人口最大值 ÷ 最小值", en = "largest ÷ smallest population of the ten districts" }
unit = "ratio"
nature = "rate"
---*/
SELECT 'ningbo' AS area, x.period, MAX(x.value) / MIN(x.value) AS value
FROM resident_population x
JOIN areas a ON a.id = x.area
WHERE a.level = 'district' AND x.low = x.high
GROUP BY x.period
HAVING COUNT(*) = 10
