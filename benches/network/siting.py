"""Times p-medians of the OR-Library: `siting(folder)` with pmed1.txt … pmed40.txt and pmedopt.txt, gives a dictionary for the file of runs.

All are solved to proof by the example `siting` of the network crate. Beside them HiGHS solves some of up to 200 nodes, in spopt's
formulation, in an environment with `spopt`, `pulp` and `highspy`; only its solving is timed, with as many threads as it takes.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ["pmed1", "pmed2", "pmed5", "pmed6", "pmed10"]


def lantu(folder, repeat=3):
    """The best of some runs of each problem."""
    build = ["cargo", "build", "--release", "--locked", "-q", "-p", "lantu-network", "--example", "siting"]
    subprocess.run(build, cwd=ROOT, check=True)
    command = [ROOT / "target/release/examples/siting", folder]
    runs = [[json.loads(line) for line in subprocess.check_output(command, text=True).splitlines()] for _ in range(repeat)]
    return [min(same, key=lambda run: run["seconds"]) for same in zip(*runs)]


def siting(folder, python=None):
    """All problems with their seconds, how many are proven to be the published best, and the peer's where `python` can run it."""
    found = lantu(folder)
    proven = sum(run["value"] == run["bound"] == run["known"] for run in found)
    result = {"problems": len(found), "proven_and_as_published": proven, "seconds": round(sum(run["seconds"] for run in found), 2), "lantu": found}
    if python:
        command = [python, HERE / "peer_spopt.py", folder, *PEERS]
        result["spopt_highs"] = [json.loads(line) for line in subprocess.check_output(command, text=True).splitlines() if line.startswith("{")]
    return result


if __name__ == "__main__":
    print(json.dumps(siting(*sys.argv[1:3]), indent=2))
