/*---
name = { zh = "财政收入占 GDP 比重", en = "Budget revenue, share of GDP" }
definition = { zh = "一般公共预算收入 ÷ 首次公布的 GDP；只算全市，区级收入常为区本级口径", en = "general public budget revenue ÷ first-published GDP; city only, since district revenue is often that of the district government alone" }
unit = "%"
nature = "rate"
---*/
SELECT x.area, x.period, 100.0 * x.value / y.value AS value
FROM budget_revenue x
JOIN gdp y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
  AND x.area = 'ningbo'
