/*---
name = { zh = "城镇化率（由人口数计算）", en = "Urbanisation rate (from head counts)" }
definition = { zh = "城镇常住人口 ÷ 年末常住人口", en = "urban residents ÷ residents at year-end" }
unit = "%"
direction = "up"
nature = "rate"
---*/
SELECT x.area, x.period, 100.0 * x.value / y.value AS value
FROM urban_resident_population x
JOIN resident_population y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
