/*---
name = { zh = "租房户占比（普查长表）", en = "Rented homes (census sample)" }
definition = { zh = "租赁住房户 ÷ 五类住房来源合计；10% 抽样长表", en = "rented ÷ all five kinds of tenure; 10 % sample" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."住房来源_租赁" /
       (c."住房来源_租赁" + c."住房来源_自建" + c."住房来源_购买" + c."住房来源_继承或赠予" + c."住房来源_其他") AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
