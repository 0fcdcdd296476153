/*---
name = { zh = "按年末常住人口的人均生产总值", en = "GDP per resident at year-end" }
definition = { zh = "首次公布的地区生产总值 ÷ 年末常住人口；官方按年平均人口，数值略有不同。只用精确公布的数值，界限值和约数不参与计算", en = "first-published GDP ÷ residents at year-end; official figures use the mean population. exact figures only; bounds and rounded figures are left out" }
unit = "CNY"
direction = "up"
nature = "rate"
---*/
SELECT x.area, x.period, 10000.0 * x.value / y.value AS value
FROM gdp x
JOIN resident_population y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
