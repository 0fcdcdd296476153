/* The table that districts-people.toml is applied to: census of 2020 and published figures, a row per district.
   lantu query cities/ningbo "$(cat cities/ningbo/rules/districts-people.sql)" --format csv > districts.csv */
with census as (
  select a.id as area, c."平均受教育年限_合计" as years,
    100.0 * (c."大学专科_男" + c."大学专科_女" + c."本科及以上_男" + c."本科及以上_女") / c."人口数_合计" as college_pct,
    c."人均住房建筑面积" as space_m2,
    100.0 * c."住房內有厕所" / c."家庭户户数_长表" as toilet_pct,
    100.0 * c."住房内有洗澡设施" / c."家庭户户数_长表" as bath_pct
  from census2020 c join areas a on cast(a.code as varchar) = cast(c."区划代码" as varchar)
  where a.level = 'district'
), published as (
  select area,
    max(case when indicator = 'census_population' and period = 2020 then value end) as residents_2020,
    10000 * max(case when indicator = 'resident_population' and period = 2024 then value end) as residents_2024,
    max(case when indicator = 'urbanization_rate' and period = 2024 then value end) as urban_pct
  from facts group by area
)
select census.*, residents_2020, residents_2024, urban_pct from census join published using (area) order by area
