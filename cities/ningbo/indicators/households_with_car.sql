/*---
name = { zh = "有汽车家庭占比（普查长表）", en = "Households with a car (census sample)" }
definition = { zh = "拥有家用汽车的户 ÷ 长表家庭户；10% 抽样长表", en = "households with a car ÷ households of the long form; 10 % sample" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."拥有家用汽车" / c."家庭户户数_长表" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
