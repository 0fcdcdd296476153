/*---
name = { zh = "区县城镇化率差距", en = "Gap of urbanisation between districts" }
definition = { zh = "十个区（县、市）城镇化率最大值减最小值", en = "highest minus lowest rate of the ten districts" }
unit = "percentage_points"
direction = "down"
nature = "rate"
---*/
SELECT 'ningbo' AS area, x.period, MAX(x.value) - MIN(x.value) AS value
FROM urbanization_rate x
JOIN areas a ON a.id = x.area
WHERE a.level = 'district' AND x.low = x.high
GROUP BY x.period
HAVING COUNT(*) = 10
