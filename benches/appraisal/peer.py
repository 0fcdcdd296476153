"""Grades a table of firms by pandas or DuckDB as six.toml does: peer.py pandas|duckdb TABLE.csv [OUT.csv]

Six ratios, each over the mean of the group, no less than 0, times a weight; the total, its rank within the group, and a class at 20,
60 and 95 % of the group, rounded down. Reading is not timed: the table is in memory on all sides, the group as a category. Prints JSON
with the sum of all totals and the size of each class, which must be the same on all sides. With OUT.csv pandas grades once and writes
the table, for the time from file to file.
"""
import json
import sys
import time

ROUNDS = 5
ITEMS = [
    ("tax_per_mu", "tax_wan", "land_mu", 30), ("va_per_mu", "va_wan", "land_mu", 20), ("va_per_energy", "va_wan", "energy_tce", 20),
    ("va_per_pollutant", "va_wan", "pollutant_t", 10), ("productivity", "va_wan", "staff", 10), ("rd_share", "rd_wan", "revenue_wan", 10),
]
CUTS = (0.20, 0.60, 0.95, 1.0)


def with_pandas(path, out_path=None):
    import numpy as np
    import pandas as pd

    firms = pd.read_csv(path)
    firms["group"] = firms["group"].astype("category")

    def grade():
        group = firms["group"]
        out = pd.DataFrame({"firm": firms["firm"]})
        total = 0.0
        for name, top, bottom, weight in ITEMS:
            value = firms[top] / firms[bottom]
            score = (value / value.groupby(group, observed=True).transform("mean")).clip(lower=0) * weight
            out[name] = value
            out[f"score_{name}"] = score
            total = total + score
        by_group = total.groupby(group, observed=True)
        out["total"] = total
        out["rank"] = by_group.rank(method="min", ascending=False)
        count = by_group.transform("count")
        ends = [np.floor(count * cut + 1e-9) for cut in CUTS]
        out["class"] = np.select([out["rank"] <= end for end in ends], list("ABCD"), default="")
        return out

    if out_path:
        out = grade()
        out.to_csv(out_path, index=False)
        seconds = []
    else:
        seconds, out = timed(grade)
    return seconds, float(out["total"].sum()), [int((out["class"] == name).sum()) for name in "ABCD"]


def sql():
    values = ", ".join(f"{top} / {bottom} as {name}" for name, top, bottom, _ in ITEMS)
    scores = ", ".join(
        f'{weight} * greatest({name} / avg({name}) over (partition by "group"), 0) as score_{name}' for name, _, _, weight in ITEMS
    )
    total = " + ".join(f"score_{name}" for name, *_ in ITEMS)
    classes = " ".join(
        f"when rank <= floor(n * {cut} + 1e-9) then '{name}'" for cut, name in zip(CUTS, "ABCD", strict=True)
    )
    return f"""
        create or replace table graded as
        with valued as (select firm, "group", {values} from firms),
        scored as (select *, {scores} from valued),
        summed as (select *, {total} as total from scored),
        ranked as (select *, rank() over (partition by "group" order by total desc) as rank,
          count(total) over (partition by "group") as n from summed)
        select *, case {classes} end as class from ranked
    """


def with_duckdb(path):
    import duckdb

    base = duckdb.connect()
    base.execute("set threads to 2")
    base.execute("create table firms as select * from read_csv(?)", [path])
    base.execute("create type kind as enum ('above', 'below')")
    base.execute('alter table firms alter "group" type kind')
    seconds, _ = timed(lambda: base.execute(sql()))
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
    seconds, total, classes = {"pandas": with_pandas, "duckdb": with_duckdb}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({"grade_s": seconds, "sum": total, "classes": classes}))
