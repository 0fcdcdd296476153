/*---
name = { zh = "两次普查间年均人口增速", en = "Yearly population growth between censuses" }
definition = { zh = "2010 至 2020 年常住人口的年均增速；只算全市，区划有变动", en = "mean yearly growth of residents from 2010 to 2020; city only, since district borders changed" }
unit = "%"
nature = "rate"
frequency = "10years"
---*/
SELECT b.area, b.period, 100.0 * (POWER(b.value / a.value, 0.1) - 1.0) AS value
FROM census_population b
JOIN census_population_6th a ON a.area = b.area
WHERE b.area = 'ningbo'
