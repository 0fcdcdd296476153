/*---
name = { zh = "工业占 GDP 比重", en = "Industry, share of GDP" }
definition = { zh = "全部工业增加值 ÷ 首次公布的 GDP；只用精确公布的数值，界限值和约数不参与计算", en = "industrial value added ÷ first-published GDP; exact figures only; bounds and rounded figures are left out" }
unit = "%"
nature = "rate"
---*/
SELECT x.area, x.period, 100.0 * x.value / y.value AS value
FROM industrial_value_added x
JOIN gdp y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
