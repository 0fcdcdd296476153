"""Runs the peers, PySD and pysimlin, over tests/models/cases.csv and writes which of the cases each passes.

Each model runs in a process of its own, with a copy of its folder, and is given up after a minute.
The environment needs the packages of peers.txt. The rule of passing is in expected.py.
"""
import argparse
import collections
import concurrent.futures
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import expected

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent.parent / "tests" / "models"
LIMIT = 60
PEERS = ("pysd", "pysimlin")


def run_pysd(model, data, wanted):
    import warnings
    warnings.simplefilter("ignore")
    import pysd
    reader = pysd.read_vensim if model.suffix.lower() == ".mdl" else pysd.read_xmile
    loaded = reader(str(model), data_files=[str(path) for path in data]) if data else reader(str(model))
    doc = loaded.doc
    bases = {called.split("[")[0] for called in wanted}
    columns = [row["Real Name"] for _, row in doc.iterrows()
               if expected.name(row["Real Name"]) in bases and row["Type"] != "Lookup" and row["Py Name"] != "time"]
    table = loaded.run(return_columns=columns, flatten_output=True) if columns else loaded.run(flatten_output=True)
    return list(map(float, table.index)), {expected.name(str(called)): [float(cell) for cell in table[called]] for called in table.columns}


def run_pysimlin(model, data, wanted):
    import simlin
    loaded = simlin.load(str(model))
    table = loaded.run(analyze_loops=False).results
    return list(map(float, table.index)), {expected.name(str(called)): [float(cell) for cell in table[called]] for called in table.columns}


def one(peer, model, outputs, data, tolerance, skip):
    """In the process of its own: a verdict per expected output."""
    read = [expected.read(path) for path in outputs]
    wanted = {called for series, _, _ in read for called in series}
    with tempfile.TemporaryDirectory() as folder:
        # The readers write beside the model, and its external files are found from there.
        copied = pathlib.Path(folder) / model.parent.name
        shutil.copytree(model.parent, copied)
        beside = [copied / path.name if path.parent == model.parent else path for path in data]
        here = os.getcwd()
        os.chdir(copied)
        times, columns = {"pysd": run_pysd, "pysimlin": run_pysimlin}[peer](copied / model.name, beside, wanted)
        os.chdir(here)
    vensim = model.suffix.lower() == ".mdl"
    return [expected.judge(series, printed, slack, times, columns, vensim, tolerance, skip) for series, printed, slack in read]


def first_line(text):
    """The last line of a traceback that says something, short enough for a cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    heads = [line for line in lines if line.split(":")[0].split(".")[-1].endswith(("Error", "Exception"))]
    found = heads[-1] if heads else (lines[-1] if lines else "no message")
    return found.replace(str(tempfile.gettempdir()), "TMP")[:160]


def guarded(peer, model, data, group):
    outputs = [row["expected"] for row in group]
    command = [sys.executable, __file__, "--one", peer, model, ";".join(outputs), data, group[0]["tolerance"], group[0]["skip"]]
    with tempfile.TemporaryFile("w+") as errors, tempfile.TemporaryFile("w+") as answers:
        process = subprocess.Popen(command, stdout=answers, stderr=errors, text=True, start_new_session=True)
        try:
            process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return ["timeout"] * len(outputs)
        answers.seek(0)
        errors.seek(0)
        lines = answers.read().strip().splitlines()
        if process.returncode == 0 and lines:
            return json.loads(lines[-1])
        said = first_line(errors.read())
        if process.returncode < 0:
            said = f"killed by signal {-process.returncode}; {said}"
        return [f"error: {said}"] * len(outputs)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=6, help="for the processes that this one starts")
    parser.add_argument("--only", default="", help="only cases whose name holds this")
    parser.add_argument("--out", default=str(HERE / "passes.csv"))
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.one:
        peer, model, outputs, data, tolerance, skip = asked.one
        verdicts = one(peer, MODELS / model, [MODELS / path for path in outputs.split(";")],
                       [MODELS / path for path in data.split(";") if path and not path.startswith("?")],
                       float(tolerance) if tolerance else None, {expected.name(called) for called in skip.split(";") if called})
        print("\n" + json.dumps(verdicts))
        return
    rows = [row for row in csv.DictReader(open(MODELS / "cases.csv", newline="")) if asked.only in row["case"]]
    groups = collections.OrderedDict()
    for row in rows:
        groups.setdefault((row["model"], row["data"]), []).append(row)
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        waiting = [(group, peer, pool.submit(guarded, peer, model, data, group))
                   for (model, data), group in groups.items() for peer in PEERS]
        for group, peer, verdicts in waiting:
            for row, verdict in zip(group, verdicts.result()):
                row[peer] = verdict
    with open(asked.out, "w", newline="") as file:
        writer = csv.DictWriter(file, ["suite", "case", "model", "expected", *PEERS], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for peer in PEERS:
        for suite in sorted({row["suite"] for row in rows}):
            kinds = collections.Counter(row[peer].split(":")[0] for row in rows if row["suite"] == suite)
            print(peer, suite, dict(sorted(kinds.items())), "of", sum(kinds.values()))


if __name__ == "__main__":
    main()
