"""Times SALib's Sobol analysis with its bootstrap: Sobol's G function of six parameters, 524,288 runs, one output; prints JSON.

Second order is off, so that runs = N * (D + 2): N is 65,536 and D is 6. Only `analyze` is timed; sampling and evaluating are not.
"""
import json
import pathlib
import statistics
import sys
import time

import numpy
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sample

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import measure  # noqa: E402

A = numpy.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
N, RESAMPLES, REPEAT = 65536, 100, 3


def exact():
    """First order and total indices of the G function, in closed form."""
    part = 1.0 / (3.0 * (1.0 + A) ** 2)
    variance = numpy.prod(1.0 + part) - 1.0
    return part / variance, part * numpy.prod(1.0 + part) / (1.0 + part) / variance


def main():
    problem = {"num_vars": len(A), "names": [f"x{index}" for index in range(len(A))], "bounds": [[0.0, 1.0]] * len(A)}
    points = sample.sample(problem, N, calc_second_order=False, seed=1)
    values = numpy.prod((numpy.abs(4.0 * points - 2.0) + A) / (1.0 + A), axis=1)
    assert len(values) == 524288
    taken = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        found = analysis.analyze(problem, values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=0.95, seed=1)
        taken.append(time.perf_counter() - start)
    start = time.perf_counter()
    analysis.analyze(problem, values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=0.95, seed=1, parallel=True, n_processors=2)
    parallel = time.perf_counter() - start
    first, total = exact()
    print(json.dumps({
        "machine": measure.machine(), "runs": len(values), "resamples": RESAMPLES,
        "analyze": {"best_s": round(min(taken), 3), "median_s": round(statistics.median(taken), 3), "runs": REPEAT},
        "analyze_two_processes_s": round(parallel, 3),
        "first": [round(float(x), 6) for x in found["S1"]], "first_conf": [round(float(x), 6) for x in found["S1_conf"]],
        "total": [round(float(x), 6) for x in found["ST"]], "total_conf": [round(float(x), 6) for x in found["ST_conf"]],
        "first_exact": [round(float(x), 6) for x in first], "total_exact": [round(float(x), 6) for x in total]}, indent=2))


if __name__ == "__main__":
    main()
