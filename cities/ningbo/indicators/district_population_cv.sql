/*---
name = { zh = "区县人口离散系数", en = "Dispersion of district population" }
definition = { zh = "十个区（县、市）常住人口的标准差 ÷ 平均数；缺一个就不算", en = "standard deviation ÷ mean of the ten districts; left out when one is missing" }
unit = "%"
nature = "rate"
---*/
SELECT 'ningbo' AS area, x.period, 100.0 * STDDEV_POP(x.value) / AVG(x.value) AS value
FROM resident_population x
JOIN areas a ON a.id = x.area
WHERE a.level = 'district' AND x.low = x.high
GROUP BY x.period
HAVING COUNT(*) = 10
