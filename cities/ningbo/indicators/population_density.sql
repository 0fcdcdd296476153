/*---
name = { zh = "人口密度（普查）", en = "Population density (census)" }
definition = { zh = "普查常住人口 ÷ 陆域轮廓面积；轮廓略有重叠", en = "census residents ÷ area of the land outline; outlines overlap slightly" }
unit = "persons_per_km2"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, c."人口数_合计" / d.area_km2 AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
JOIN districts_land d ON CAST(d.adcode AS VARCHAR) = a.code
UNION ALL
SELECT 'ningbo' AS area, '2020' AS period, SUM(c."人口数_合计") / SUM(d.area_km2) AS value
FROM census2020 c
JOIN districts_land d ON CAST(d.adcode AS VARCHAR) = CAST(c."区划代码" AS VARCHAR)
