/*---
name = { zh = "每万吨货物的标箱数", en = "Containers per 10,000 tonnes of cargo" }
definition = { zh = "宁波舟山港集装箱吞吐量 ÷ 货物吞吐量；只用精确公布的数值，界限值和约数不参与计算", en = "containers ÷ cargo of the port of Ningbo-Zhoushan; exact figures only; bounds and rounded figures are left out" }
unit = "TEU_per_10k_tonnes"
direction = "up"
nature = "rate"
---*/
SELECT x.area, x.period, 1.0 * x.value / y.value AS value
FROM port_container_throughput x
JOIN port_cargo_throughput y ON y.area = x.area AND y.period = x.period
WHERE x.low = x.high AND y.low = y.high
  AND x.stage <> 'partial' AND y.stage <> 'partial'
