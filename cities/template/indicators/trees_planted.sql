/*---
name = { zh = "种树数", en = "Trees planted" }
definition = { zh = "各片之和，另列全镇", en = "each district, and the town" }
unit = "count"
direction = "up"
nature = "flow"
---*/
SELECT area, year AS period, planted AS value FROM trees
UNION ALL
SELECT 'sampleton' AS area, year AS period, SUM(planted) AS value FROM trees GROUP BY year
