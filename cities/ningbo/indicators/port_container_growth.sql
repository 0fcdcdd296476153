/*---
name = { zh = "集装箱吞吐量增速", en = "Growth of container throughput" }
definition = { zh = "由连续两年的精确数计算，不跨口径变化", en = "from exact figures of consecutive years, never across a break" }
unit = "%"
direction = "up"
nature = "rate"
---*/
SELECT b.area, b.period, 100.0 * (b.value / a.value - 1.0) AS value
FROM port_container_throughput b
JOIN port_container_throughput a ON a.area = b.area AND a.year = b.year - 1
WHERE b.breaks IS NOT TRUE AND a.low = a.high AND b.low = b.high
  AND a.stage = 'final' AND b.stage = 'final'
