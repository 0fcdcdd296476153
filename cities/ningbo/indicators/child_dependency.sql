/*---
name = { zh = "少儿抚养比（普查）", en = "Child dependency (census)" }
definition = { zh = "0—14 岁 ÷ 15—64 岁", en = "aged 0 to 14 ÷ aged 15 to 64" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 *
       (c."男_0岁" + c."女_0岁" + c."男_1到4岁" + c."女_1到4岁" +
        c."男_5到9岁" + c."女_5到9岁" + c."男_10到14岁" + c."女_10到14岁") /
       (c."人口数_合计" - (c."男_0岁" + c."女_0岁" + c."男_1到4岁" + c."女_1到4岁" +
        c."男_5到9岁" + c."女_5到9岁" + c."男_10到14岁" + c."女_10到14岁") -
        (c."男_65到69岁" + c."女_65到69岁" + c."男_70到74岁" + c."女_70到74岁" +
        c."男_75到79岁" + c."女_75到79岁" + c."男_80到84岁" + c."女_80到84岁" + c."男_85岁以上" + c."女_85岁以上")) AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
