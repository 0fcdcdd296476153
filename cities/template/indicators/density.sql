/*---
name = { zh = "人口密度", en = "Residents per km²" }
definition = { zh = "常住人口 ÷ 轮廓面积", en = "residents ÷ area of the outline" }
unit = "persons_per_km2"
nature = "rate"
---*/
SELECT r.area, r.period, r.value / d.area_km2 AS value
FROM residents r
JOIN districts d ON d.area = r.area
