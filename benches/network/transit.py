#!/usr/bin/env python3
"""Times all travel times of Porto Alegre by public transport: `transit.py <folder>` with the files of r5r's sample; prints JSON.

1,227 × 1,227 points, 60 departures from 14:00 on 13 May 2019, when both feeds run; half an hour of walking at 3.6 km an hour. Reading
the files is told apart. `reached` and `sum` (of the median seconds) must be the same in every run.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPEAT = 3


def transit(folder):
    """The best of some runs with one thread, and with all."""
    folder = pathlib.Path(folder)
    build = ["cargo", "build", "--release", "--locked", "-q", "-p", "lantu-network", "--example", "transit"]
    subprocess.run(build, cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    command = [target / "release/examples/transit", folder / "poa_osm.pbf", folder / "poa_hexgrid.csv", "2019-05-13", "14:00", "60"]
    command += [folder / "poa_eptc.zip", folder / "poa_trensurb.zip"]
    found = []
    for threads in sorted({1, os.cpu_count()}):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
        runs = [json.loads(subprocess.check_output(command, text=True, env=environment)) for _ in range(REPEAT)]
        found.append(min(runs, key=lambda run: run["seconds"]))
    if len({(run["reached"], run["sum"]) for run in found}) != 1:
        sys.exit(f"runs differ: {found}")
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps({"load_before": os.getloadavg()[0], "porto_alegre": transit(sys.argv[1])}, indent=2))
