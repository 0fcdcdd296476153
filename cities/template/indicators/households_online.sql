/*---
name = { zh = "能上网的家庭占比", en = "Homes online" }
definition = { zh = "能上网的户数 ÷ 户数；江心片只知道范围", en = "homes online ÷ homes; for River Island only a range is known" }
unit = "%"
direction = "up"
nature = "rate"
---*/
SELECT district AS area, year AS period,
       100.0 * online_low / households AS low, 100.0 * online_high / households AS high
FROM households
