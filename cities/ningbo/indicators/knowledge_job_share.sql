/*---
name = { zh = "知识密集型服务业就业占比（普查长表）", en = "Knowledge services, share of jobs (census sample)" }
definition = { zh = "信息、金融、租赁商务、科研技术四业 ÷ 各行业就业人口；10% 抽样长表", en = "information, finance, business and research services ÷ all jobs; 10 % sample" }
unit = "%"
direction = "up"
nature = "rate"
frequency = "10years"
---*/
SELECT a.id AS area, '2020' AS period, 100.0 *
       (c."信息传输软件和信息技术服务业" + c."金融业" + c."租赁和商务服务业" + c."科学研究和技术服务业") /
       c."各种行业人口总计" AS value
FROM census2020 c
JOIN areas a ON a.code = CAST(c."区划代码" AS VARCHAR)
