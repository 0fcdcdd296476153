/*---
name = { zh = "住房有电梯占比（普查长表）", en = "Homes with a lift (census sample)" }
definition = { zh = "所在建筑有电梯的户 ÷ 长表家庭户；10% 抽样长表", en = "households in buildings with a lift ÷ households of the long form; 10 % sample" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."住房所在建筑有电梯" / c."家庭户户数_长表" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
