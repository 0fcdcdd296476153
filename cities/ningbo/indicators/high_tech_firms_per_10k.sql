/*---
name = { zh = "每万人高新技术企业数", en = "High-tech enterprises per 10,000 residents" }
definition = { zh = "高新技术企业数 ÷ 年末常住人口；只用精确公布的数值，界限值和约数不参与计算", en = "high-tech enterprises ÷ residents at year-end; exact figures only; bounds and rounded figures are left out" }
unit = "count_per_10k_persons"
direction = "up"
nature = "rate"
---*/
SELECT x.area, x.period, 1.0 * x.value / y.value AS value
FROM high_tech_enterprises x
JOIN resident_population y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
