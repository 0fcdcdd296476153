/*---
name = { zh = "第二产业占 GDP 比重（由水平计算）", en = "Secondary sector, share of GDP (from levels)" }
definition = { zh = "第二产业增加值 ÷ 首次公布的 GDP", en = "value added ÷ first-published GDP" }
unit = "%"
nature = "rate"
---*/
SELECT x.area, x.period, 100.0 * x.value / y.value AS value
FROM va_secondary x
JOIN gdp y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
