/*---
name = { zh = "每千人小店数", en = "Small shops per 1,000 residents" }
definition = { zh = "小店数 ÷ 常住人口；下界仍是下界", en = "small shops ÷ residents; a bound stays a bound" }
unit = "count_per_1000"
direction = "up"
nature = "rate"
---*/
SELECT s.area, s.period, 1000.0 * s.value / r.value AS value, 1000.0 * s.low / r.high AS low, 1000.0 * s.high / r.low AS high
FROM small_shops s
JOIN residents r ON r.area = s.area AND r.period = s.period
