/*---
name = { zh = "图书馆到馆人次", en = "Visits to the library" }
definition = { zh = "各馆之和，按人次", en = "all branches, by visits" }
unit = "persons"
direction = "up"
nature = "flow"
---*/
SELECT 'sampleton' AS area, year AS period, SUM(visits) AS value
FROM visits
GROUP BY year
