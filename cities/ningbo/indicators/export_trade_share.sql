/*---
name = { zh = "出口占进出口比重", en = "Exports, share of trade" }
definition = { zh = "出口额 ÷ 进出口总额；只用精确公布的数值，界限值和约数不参与计算", en = "exports ÷ imports and exports; exact figures only; bounds and rounded figures are left out" }
unit = "%"
nature = "rate"
---*/
SELECT x.area, x.period, 100.0 * x.value / y.value AS value
FROM exports x
JOIN trade_total y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
