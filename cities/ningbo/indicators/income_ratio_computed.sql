/*---
name = { zh = "城乡居民收入比（由水平计算）", en = "Ratio of urban to rural income (from levels)" }
definition = { zh = "城镇 ÷ 农村；约数给出区间，没有上界的不算", en = "urban ÷ rural; rounded figures give an interval, figures without an upper bound are left out" }
unit = "ratio"
direction = "down"
nature = "rate"
---*/
SELECT u.area, u.period, u.low / r.high AS low, u.high / r.low AS high
FROM income_urban u
JOIN income_rural r ON r.area = u.area AND r.period = u.period
WHERE u.high < 1e9 AND r.high < 1e9
