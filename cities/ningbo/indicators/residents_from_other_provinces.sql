/*---
name = { zh = "外省户籍人口占比（普查）", en = "Residents from other provinces (census)" }
definition = { zh = "户口在省外的人口 ÷ 总人口", en = "residents registered in other provinces ÷ all residents" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 * c."户口登记地在外乡镇街道人口_省外" / c."人口数_合计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
