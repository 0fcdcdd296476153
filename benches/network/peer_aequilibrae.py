"""Times AequilibraE's bi-conjugate Frank-Wolfe on a TNTP network: `peer_aequilibrae.py <net> <trips> <gap> <cores>`; prints JSON.

It refuses free-flow times of 0 and powers below 1, which connectors have: such times become 1e-6 and such powers 1, with no
effect on what is compared (their b is 0 or their time is). Only the solving is timed.
"""
import json
import pathlib
import re
import sys
import time

import numpy as np
import pandas as pd
from aequilibrae.matrix import AequilibraeMatrix
from aequilibrae.paths import Graph, TrafficAssignment, TrafficClass


def network(path):
    text = pathlib.Path(path).read_text()
    zones = int(re.search(r"<NUMBER OF ZONES>\s*(\d+)", text).group(1))
    through = int(re.search(r"<FIRST THRU NODE>\s*(\d+)", text).group(1))
    rows = [row.split(";")[0].split() for row in text.split("<END OF METADATA>")[1].splitlines()]
    rows = [[float(field) for field in row[:7]] for row in rows if row and not row[0].startswith("~")]
    columns = ["a_node", "b_node", "capacity", "length", "free_flow_time", "b", "power"]
    links = pd.DataFrame(rows, columns=columns).astype({"a_node": int, "b_node": int})
    links["free_flow_time"] = links["free_flow_time"].clip(lower=1e-6)
    links["power"] = links["power"].clip(lower=1.0)
    links["link_id"] = np.arange(len(links)) + 1
    links["direction"] = 1
    return zones, through, links


def trips(path, zones):
    found = np.zeros((zones, zones))
    for block in pathlib.Path(path).read_text().split("Origin")[1:]:
        origin = int(block.split()[0])
        for to, volume in re.findall(r"(\d+)\s*:\s*([\d.eE+-]+)\s*;", block):
            found[origin - 1, int(to) - 1] = float(volume)
    np.fill_diagonal(found, 0.0)
    return found


def main():
    net, demand, gap, cores = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    zones, through, links = network(net)
    graph = Graph()
    graph.network = links
    graph.network_ok = True
    graph.status = "OK"
    graph.prepare_graph(np.arange(zones) + 1)
    graph.set_graph("free_flow_time")
    graph.set_skimming([])
    graph.set_blocked_centroid_flows(through > 1)
    matrix = AequilibraeMatrix()
    matrix.create_empty(zones=zones, matrix_names=["trips"], memory_only=True)
    matrix.index[:] = np.arange(zones) + 1
    matrix.matrix["trips"][:, :] = trips(demand, zones)
    matrix.computational_view(["trips"])
    assignment = TrafficAssignment()
    assignment.set_classes([TrafficClass("car", graph, matrix)])
    assignment.set_vdf("BPR")
    assignment.set_vdf_parameters({"alpha": "b", "beta": "power"})
    assignment.set_capacity_field("capacity")
    assignment.set_time_field("free_flow_time")
    assignment.set_algorithm("bfw")
    assignment.set_cores(cores)
    assignment.max_iter = 5_000
    assignment.rgap_target = gap
    begun = time.perf_counter()
    assignment.execute()
    seconds = time.perf_counter() - begun
    report = assignment.report()
    print(json.dumps({
        "seconds": round(seconds, 3), "iterations": int(report["iteration"].iloc[-1]), "gap": float(report["rgap"].iloc[-1]),
    }))


main()
