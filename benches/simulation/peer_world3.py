"""Times the peers on World3, the path of whose Vensim file is the first argument; prints JSON.

pysimlin is timed three ways, since a run means three things to it: `run`, what its users write; `simulate`, a new simulation
run to its end without the data frame; `again`, a simulation that is compiled already, reset and run to its end. Loading is
outside of all three. PySD translates, loads and runs apart. No time includes starting Python or importing.
"""
import json
import pathlib
import shutil
import statistics
import sys
import tempfile
import time
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import measure  # noqa: E402

CONSTANTS = ["desired_completed_family_size_normal", "industrial_capital_output_ratio_1", "average_life_of_service_capital_1"]


def seconds(work, repeat):
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return {"best_s": round(min(taken), 6), "median_s": round(statistics.median(taken), 6), "runs": repeat}


def simlin(path):
    import simlin
    start = time.perf_counter()
    model = simlin.load(str(path))
    loaded = time.perf_counter() - start

    def simulate(overrides=None):
        simulation = model.simulate(overrides=overrides or {}, enable_ltm=False)
        simulation.run_to_end()
        return simulation

    def many(run):
        start = time.perf_counter()
        for index in range(100):
            run({constant: base[constant] * (0.9 + 0.002 * index) for constant in base})
        return round(time.perf_counter() - start, 4)

    first = simulate()
    base = {constant: float(first.get_series(constant)[0]) for constant in CONSTANTS if constant in first.get_var_names()}
    kept = simulate()

    def again(overrides=None):
        kept.reset()
        for constant, value in (overrides or {}).items():
            kept.set_value(constant, value)
        kept.run_to_end()

    start = time.perf_counter()
    model.run(analyze_loops=False)
    cold = time.perf_counter() - start
    # Whether the parameters took: the last population of a run with other values must differ.
    changed = simulate({constant: value * 1.1 for constant, value in base.items()})
    took = float(changed.get_series("population")[-1]) != float(first.get_series("population")[-1])
    return {"load_s": round(loaded, 4), "first_run_s": round(cold, 4), "parameters": base, "parameters_took": took,
            "run": seconds(lambda: model.run(analyze_loops=False), 50),
            "run_with_results": seconds(lambda: model.run(analyze_loops=False).results, 50),
            "simulate": seconds(simulate, 200), "again": seconds(again, 200),
            "hundred_runs_s": many(lambda overrides: model.run(overrides=overrides, analyze_loops=False)),
            "hundred_simulate_s": many(simulate), "hundred_again_s": many(again)}


def pysd(path):
    warnings.simplefilter("ignore")
    import pysd
    with tempfile.TemporaryDirectory() as folder:
        copied = pathlib.Path(folder) / "world3.mdl"
        shutil.copyfile(path, copied)
        start = time.perf_counter()
        pysd.read_vensim(str(copied))
        translated = time.perf_counter() - start
        start = time.perf_counter()
        model = pysd.load(str(copied.with_suffix(".py")))
        loaded = time.perf_counter() - start
        return {"translate_and_load_s": round(translated, 4), "load_translated_s": round(loaded, 4),
                "run": seconds(model.run, 5), "run_one_output": seconds(lambda: model.run(return_columns=["population"]), 5)}


if __name__ == "__main__":
    file = pathlib.Path(sys.argv[1])
    print(json.dumps({"machine": measure.machine(), "pysimlin": simlin(file), "pysd": pysd(file)}, indent=2))
