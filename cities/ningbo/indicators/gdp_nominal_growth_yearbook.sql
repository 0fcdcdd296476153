/*---
name = { zh = "GDP 名义增速（年鉴口径）", en = "Nominal GDP growth (yearbook vintage)" }
definition = { zh = "只用 2009 年鉴一个版本的连续年份，不跨口径变化", en = "consecutive years of the one yearbook vintage only, never across a break" }
unit = "%"
direction = "up"
nature = "rate"
---*/
SELECT b.area, b.period, 100.0 * (b.value / a.value - 1.0) AS value
FROM gdp_revised b
JOIN gdp_revised a ON a.area = b.area AND a.year = b.year - 1
WHERE b.breaks IS NOT TRUE AND a.low = a.high AND b.low = b.high
  AND a.stage = 'final' AND b.stage = 'final'
