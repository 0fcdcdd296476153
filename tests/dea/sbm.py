"""Writes sbm.csv: Tone's slacks-based measure of the 70 sites of pft.csv, solved by HiGHS through SciPy.

The fraction is not made linear as the crate does it: ρ is lowered step by step (Dinkelbach 1967) until the linear program
min (1 − mean s⁻/x) − ρ (1 + mean s⁺/y) finds nothing below 0.
"""
import csv
import pathlib

import numpy as np
import scipy
from scipy.optimize import linprog

HERE = pathlib.Path(__file__).resolve().parent
rows = list(csv.reader(open(HERE / "pft.csv")))[1:]
table = np.array([[float(field) for field in row[1:9]] for row in rows])
X, Y = table[:, :5].T, table[:, 5:].T
inputs, outputs, units = len(X), len(Y), X.shape[1]


def below(k, rho, variable):
    """The least of numerator − ρ × denominator, over λ, s⁻ and s⁺."""
    cost = np.r_[np.zeros(units), -1 / inputs / X[:, k], -rho / outputs / Y[:, k]]
    equal = np.block([[X, np.eye(inputs), np.zeros((inputs, outputs))], [Y, np.zeros((outputs, inputs)), -np.eye(outputs)]])
    bound = np.r_[X[:, k], Y[:, k]]
    if variable:
        equal, bound = np.vstack([equal, np.r_[np.ones(units), np.zeros(inputs + outputs)]]), np.r_[bound, 1]
    found = linprog(cost, A_eq=equal, b_eq=bound, method="highs", options={"dual_feasibility_tolerance": 1e-10, "primal_feasibility_tolerance": 1e-10})
    assert found.status == 0, found.message
    return 1 - rho + found.fun, found.x


def measure(k, variable):
    """Dinkelbach's steps: ρ becomes the fraction of the best point until nothing is below it."""
    rho = 1.0
    for _ in range(50):
        value, point = below(k, rho, variable)
        less, more = point[units : units + inputs], point[units + inputs :]
        better = (1 - np.mean(less / X[:, k])) / (1 + np.mean(more / Y[:, k]))
        if value > -1e-11:
            return better
        rho = better
    raise SystemExit(f"unit {k} does not settle")


with open(HERE / "sbm.csv", "w") as out:
    out.write("site,constant,variable\n")
    for k in range(units):
        out.write(f"{k + 1},{measure(k, False):.9f},{measure(k, True):.9f}\n")
print("scipy", scipy.__version__)
