/*---
name = { zh = "获评省三星级及以上“无废城市”的区（县、市）占比", en = "Districts rated zero-waste with three stars or more, share" }
definition = { zh = "获评个数 ÷ 区（县、市）总数。2024 年一行是 2025 年 4 月时的情形，作为最近一次年度评定记在 2024 年", en = "districts so rated ÷ all districts. The row of 2024 is the state of April 2025, listed under 2024 as the latest yearly rating" }
unit = "%"
direction = "up"
nature = "rate"
---*/
SELECT z.area, z.period, 100.0 * z.value / d.districts AS value
FROM zero_waste_districts_3star z
JOIN (SELECT parent, COUNT(*) AS districts FROM areas WHERE level = 'district' GROUP BY parent) d ON d.parent = z.area
