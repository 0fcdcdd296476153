/*---
name = { zh = "自然增长率（由出生率和死亡率计算）", en = "Natural growth (birth minus death rate)" }
definition = { zh = "常住人口出生率 − 死亡率", en = "birth rate − death rate of residents" }
unit = "permille"
nature = "rate"
---*/
SELECT b.area, b.period, b.value - d.value AS value
FROM birth_rate b
JOIN death_rate d ON d.area = b.area AND d.period = b.period
