"""Times data envelopment analysis beside HiGHS: `dea.py <units> …` prints a line of JSON for each number of units and kind of returns.

Units are made up: three inputs and three outputs, even between 1 and 10. HiGHS (highspy, one thread) has the program of the first unit
once; then only the column of θ and the right sides change, so that it starts from the solution of the unit before, its best case. It
finds scores alone; Lantu finds slacks, peers and certificates as well. Reading is timed on neither side. Scores are compared.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import highspy
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def peer(X, Y, variable):
    inputs, outputs, units, ends = len(X), len(Y), X.shape[1], highspy.kHighsInf
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    extra = [1.0] * variable
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = units + 1, inputs + outputs + variable
    lp.col_cost_ = np.r_[1, np.zeros(units)]
    lp.col_lower_, lp.col_upper_ = np.zeros(units + 1), np.full(units + 1, ends)
    lp.row_lower_ = np.r_[np.full(inputs, -ends), Y[:, 0], extra]
    lp.row_upper_ = np.r_[np.zeros(inputs), np.full(outputs, ends), extra]
    matrix = np.column_stack([np.r_[-X[:, 0], np.zeros(outputs + variable)], np.vstack([X, Y] + [np.ones(units)] * variable)])
    lp.a_matrix_.start_ = np.arange(units + 2) * lp.num_row_
    lp.a_matrix_.index_ = np.tile(np.arange(lp.num_row_), units + 1)
    lp.a_matrix_.value_ = matrix.T.ravel()
    begun, scores = time.perf_counter(), []
    solver.passModel(lp)
    for unit in range(units):
        for row in range(inputs):
            solver.changeCoeff(row, 0, -X[row, unit])
        for row in range(outputs):
            solver.changeRowBounds(inputs + row, Y[row, unit], ends)
        solver.run()
        scores.append(solver.getObjectiveValue())
    return time.perf_counter() - begun, sum(scores)


def lantu(table, returns, threads):
    program = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/examples/dea"
    command = [program, table, "a,b,c", "d,e,f", returns]
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    runs = [json.loads(subprocess.check_output(command, env=environment, text=True)) for _ in range(3)]
    return min(runs, key=lambda run: run["seconds"])


def main():
    build = ["cargo", "build", "--release", "--locked", "-q", "-p", "lantu-appraisal", "--example", "dea"]
    subprocess.run(build, cwd=ROOT, check=True)
    for units in map(int, sys.argv[1:]):
        random = np.random.default_rng(1)
        X, Y = random.uniform(1, 10, (3, units)), random.uniform(1, 10, (3, units))
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as table:
            np.savetxt(table, np.vstack([X, Y]).T, delimiter=",", fmt="%.17g", header="a,b,c,d,e,f", comments="")
            table.flush()
            for returns in ["constant", "variable"]:
                one, two = lantu(table.name, returns, 1), lantu(table.name, returns, 2)
                seconds, total = peer(X, Y, int(returns == "variable"))
                assert abs(total / one["sum"] - 1) < 1e-9, (total, one)
                result = {"units": units, "returns": returns, "lantu_1_thread": one["seconds"], "lantu_2_threads": two["seconds"]}
                print(json.dumps({**result, "worst_certificate": one["worst"], "highs_1_thread": round(seconds, 3)}))
    print(json.dumps({"highs": highspy.Highs().version(), "load": os.getloadavg()}))


main()
