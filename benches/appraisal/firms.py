#!/usr/bin/env python3
"""A table of invented firms: python3 firms.py COUNT OUT.csv. Same count, same table."""
import sys

import numpy as np

count, path = int(sys.argv[1]), sys.argv[2]
dice = np.random.default_rng(20221)
group = np.where(dice.random(count) < 0.3, "above", "below")
land = np.round(np.exp(dice.normal(2.5, 1.0, count)), 2) + 0.01
columns = {
    "land_mu": land,
    "tax_wan": np.round(land * np.exp(dice.normal(2.7, 0.9, count)), 2),
    "va_wan": np.round(land * np.exp(dice.normal(4.5, 0.8, count)), 2),
    "energy_tce": np.round(land * np.exp(dice.normal(3.6, 0.9, count)), 2) + 0.01,
    "pollutant_t": np.round(land * np.exp(dice.normal(-3.7, 1.0, count)), 4) + 0.0001,
    "staff": np.floor(land * np.exp(dice.normal(1.7, 0.7, count))) + 1,
    "revenue_wan": np.round(land * np.exp(dice.normal(5.7, 0.9, count)), 2) + 0.01,
    "power_mwh": np.round(land * np.exp(dice.normal(4.0, 0.9, count)), 2) + 0.01,
}
columns["rd_wan"] = np.round(columns["revenue_wan"] * np.clip(dice.normal(0.03, 0.02, count), 0, None), 2)
with open(path, "w") as out:
    out.write("firm,group," + ",".join(columns) + "\n")
    names = list(columns)
    table = np.column_stack([columns[name] for name in names])
    for at in range(0, count, 100_000):
        part = table[at : at + 100_000]
        rows = ("%s" % ",".join(map(repr, row)) for row in part.tolist())
        out.writelines(f"F{at + n:07d},{group[at + n]},{row}\n" for n, row in enumerate(rows))
