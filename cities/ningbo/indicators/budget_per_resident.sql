/*---
name = { zh = "人均一般公共预算收入", en = "Budget revenue per resident" }
definition = { zh = "一般公共预算收入 ÷ 年末常住人口；只算全市，区级收入常为区本级口径", en = "general public budget revenue ÷ residents at year-end; city only, since district revenue is often that of the district government alone" }
unit = "CNY"
direction = "up"
nature = "rate"
---*/
SELECT x.area, x.period, 10000.0 * x.value / y.value AS value
FROM budget_revenue x
JOIN resident_population y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
  AND x.area = 'ningbo'
