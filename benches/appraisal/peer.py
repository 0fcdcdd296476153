"""Grades a table of firms by pandas or DuckDB as rules/huangyan-per-mu-2022.toml does: peer.py pandas|duckdb TABLE.csv

Six items above scale, two below, each value ÷ benchmark × weight, floor 0; a missing or infinite emission ratio gets the average
score of the group; ranks within the group, equal totals by tax per mu, and equals of both share a rank; classes at 20, 60 and 95 %
of the ranked, rounded down. Reading is not timed; the table is in memory on both sides. Prints JSON with the sum of all totals and
the size of each class, to be compared.
"""
import json
import sys
import time

ROUNDS = 5
ABOVE = {
    "tax_per_mu": ("tax_wan", "land_mu", 24.097, 30), "va_per_mu": ("va_wan", "land_mu", 136.16, 20),
    "va_per_energy": ("va_wan", "energy_tce", 2.694, 20), "va_per_pollutant": ("va_wan", "pollutant_t", 4929.81, 10),
    "productivity": ("va_wan", "staff", 18.14, 10), "rd_share": ("rd_wan", "revenue_wan", 0.0302, 10),
}
CUTS = (0.20, 0.60, 0.95, 1.0)


def with_pandas(path):
    import numpy as np
    import pandas as pd

    firms = pd.read_csv(path)

    def grade():
        above = firms["group"].to_numpy() == "above"
        out = pd.DataFrame({"group": firms["group"]})
        total = pd.Series(0.0, index=firms.index)
        for name, (top, bottom, benchmark, weight) in ABOVE.items():
            value = firms[top] / firms[bottom].replace(0, np.nan)
            if name == "tax_per_mu":
                out[name] = value
                score = value / np.where(above, benchmark, 11.5932)
                points = score.clip(lower=0) * np.where(above, weight, 50)
            else:
                value = value.where(above)
                score = (value / benchmark).clip(lower=0)
                if name == "va_per_pollutant":
                    score = score.fillna(score[above].mean()).where(above)
                points = (score * weight).where(above, 0.0)
            out[f"score_{name}"] = points
            total = total + points
        value = (firms["tax_wan"] / firms["power_mwh"].replace(0, np.nan) * 10).where(~above)
        points = ((value / 0.2352).clip(lower=0) * 50).where(~above, 0.0)
        out["score_tax_per_kwh"] = points
        out["total"] = total + points
        order = out.sort_values(["group", "total", "tax_per_mu"], ascending=[True, False, False])
        place = order.groupby("group").cumcount() + 1
        same = (order["total"].eq(order["total"].shift()) & order["tax_per_mu"].eq(order["tax_per_mu"].shift())
                & order["group"].eq(order["group"].shift()))
        rank = place.mask(same).ffill().astype("int64")
        count = order.groupby("group")["total"].transform("count")
        ends = [np.floor(count * cut + 1e-9) for cut in CUTS]
        order["class"] = np.select([rank <= end for end in ends], list("ABCD"), default="")
        out["rank"] = rank
        out["class"] = order["class"]
        return out

    seconds, out = timed(grade)
    return seconds, float(out["total"].sum()), [int((out["class"] == name).sum()) for name in "ABCD"]


SQL = """
create or replace table graded as
with valued as (
  select firm, "group", "group" = 'above' as above, tax_wan / nullif(land_mu, 0) as tax_per_mu,
    va_wan / nullif(land_mu, 0) as va_per_mu, va_wan / nullif(energy_tce, 0) as va_per_energy,
    va_wan / nullif(pollutant_t, 0) as va_per_pollutant, va_wan / nullif(staff, 0) as productivity,
    rd_wan / nullif(revenue_wan, 0) as rd_share, tax_wan / nullif(power_mwh, 0) * 10 as tax_per_kwh
  from firms
), scored as (
  select firm, "group", tax_per_mu,
    case when above then 30 * greatest(tax_per_mu / 24.097, 0) else 50 * greatest(tax_per_mu / 11.5932, 0) end as s1,
    case when above then 20 * greatest(va_per_mu / 136.16, 0) else 0 end as s2,
    case when above then 20 * greatest(va_per_energy / 2.694, 0) else 0 end as s3,
    case when above then 10 * coalesce(greatest(va_per_pollutant / 4929.81, 0),
        avg(greatest(va_per_pollutant / 4929.81, 0)) over (partition by "group")) else 0 end as s4,
    case when above then 10 * greatest(productivity / 18.14, 0) else 0 end as s5,
    case when above then 10 * greatest(rd_share / 0.0302, 0) else 0 end as s6,
    case when not above then 50 * greatest(tax_per_kwh / 0.2352, 0) else 0 end as s7
  from valued
), summed as (
  select *, s1 + s2 + s3 + s4 + s5 + s6 + s7 as total from scored
), ranked as (
  select *, rank() over (partition by "group" order by total desc, tax_per_mu desc) as rank,
    count(total) over (partition by "group") as n
  from summed
)
select *, case when rank <= floor(n * 0.20 + 1e-9) then 'A' when rank <= floor(n * 0.60 + 1e-9) then 'B'
  when rank <= floor(n * 0.95 + 1e-9) then 'C' else 'D' end as class
from ranked
"""


def with_duckdb(path):
    import duckdb

    base = duckdb.connect()
    base.execute("set threads to 2")
    base.execute("create table firms as select * from read_csv(?)", [path])
    seconds, _ = timed(lambda: base.execute(SQL))
    total = base.execute("select sum(total) from graded").fetchone()[0]
    classes = dict(base.execute("select class, count(*) from graded group by class").fetchall())
    return seconds, total, [classes.get(name, 0) for name in "ABCD"]


def timed(work):
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        out = work()
        seconds.append(time.perf_counter() - begun)
    return seconds, out


if __name__ == "__main__":
    seconds, total, classes = {"pandas": with_pandas, "duckdb": with_duckdb}[sys.argv[1]](sys.argv[2])
    print(json.dumps({"grade_s": seconds, "sum": total, "classes": classes}))
