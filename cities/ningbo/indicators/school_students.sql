/*---
name = { zh = "中小学与中职在校生", en = "Pupils and students below university" }
definition = { zh = "小学、初中、普通高中与中等职业学校在校生之和", en = "primary, junior high, senior high and vocational together" }
unit = "persons_10k"
nature = "stock"
---*/
SELECT p.area, p.period, p.value + j.value + s.value + v.value AS value
FROM students_primary p
JOIN students_junior_high j ON j.area = p.area AND j.period = p.period
JOIN students_senior_high s ON s.area = p.area AND s.period = p.period
JOIN students_vocational v ON v.area = p.area AND v.period = p.period
