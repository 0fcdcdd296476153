"""Times spopt's p-median with HiGHS on problems of the OR-Library: `peer_spopt.py <folder> <name …>`; a line of JSON each. Only the
solving is timed.
"""
import json
import pathlib
import sys
import time

import numpy as np
import pulp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path
from spopt.locate import PMedian


def costs(path):
    numbers = [int(word) for word in path.read_text().split()]
    nodes, edges, sites = numbers[:3]
    lengths = {}
    for at in range(3, 3 + 3 * edges, 3):
        a, b, length = numbers[at : at + 3]
        lengths[min(a, b) - 1, max(a, b) - 1] = length  # the last counts
    rows, columns = zip(*lengths)
    graph = csr_matrix((list(lengths.values()), (rows, columns)), shape=(nodes, nodes))
    return shortest_path(graph, directed=False), sites


def main():
    for name in sys.argv[2:]:
        table, sites = costs(pathlib.Path(sys.argv[1], f"{name}.txt"))
        model = PMedian.from_cost_matrix(table, np.ones(len(table)), p_facilities=sites)
        begun = time.perf_counter()
        model.problem.solve(pulp.HiGHS(msg=False, gapRel=0.0))
        seconds = time.perf_counter() - begun
        print(json.dumps({"name": name, "seconds": round(seconds, 3), "value": model.problem.objective.value()}), flush=True)


main()
