/*---
name = { zh = "可再生能源发电装机容量", en = "Installed renewable power" }
definition = { zh = "已公布的部分之和，作为下限：光伏与海上风电；陆上风电、水电、生物质等没有读到，所以没有上限。两个数不在同一个月时，记在较晚的一月", en = "the sum of the parts published, as a lower bound: photovoltaics and offshore wind; onshore wind, hydropower, biomass and the rest were not read, so there is no upper bound. When the two are of different months the later one is used" }
unit = "kW_10k"
direction = "up"
nature = "stock"
---*/
SELECT p.area, GREATEST(p.period, w.period) AS period,
       p.value + w.value AS value, p.low + w.low AS low, CAST('Infinity' AS DOUBLE) AS high
FROM pv_capacity p
JOIN offshore_wind_capacity w ON w.area = p.area AND w.year = p.year
