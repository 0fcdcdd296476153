"""Writes a made-up network of 26,880 links and 800 zones, and trips from each zone to 200 others: `grid.py <net> <trips>`."""
import pathlib
import random
import sys

SIDE, ZONES, DESTINATIONS = 80, 800, 200


def main():
    chance = random.Random(5)
    node = lambda row, column: ZONES + row * SIDE + column + 1
    links = []
    for row in range(SIDE):
        for column in range(SIDE):
            for to_row, to_column in ((row, column + 1), (row + 1, column)):
                if to_row < SIDE and to_column < SIDE:
                    time, capacity = round(chance.uniform(0.5, 2), 3), chance.choice([600, 900, 1500])
                    ends = node(row, column), node(to_row, to_column)
                    links += [(*way, capacity, 1, time, 0.15, 4) for way in (ends, ends[::-1])]
    for zone in range(1, ZONES + 1):
        there = node(chance.randrange(SIDE), chance.randrange(SIDE))
        links += [(*way, 99999, 0, 0.5, 0, 0) for way in ((zone, there), (there, zone))]
    head = {"ZONES": ZONES, "NODES": ZONES + SIDE * SIDE, "LINKS": len(links)}
    net = [f"<NUMBER OF {key}> {count}" for key, count in head.items()]
    net += [f"<FIRST THRU NODE> {ZONES + 1}", "<END OF METADATA>"]
    net += ["\t".join(map(str, link)) + "\t0\t0\t1;" for link in links]
    pathlib.Path(sys.argv[1]).write_text("\n".join(net) + "\n")
    trips = ["<END OF METADATA>"]
    for zone in range(1, ZONES + 1):
        trips.append(f"Origin {zone}")
        to = chance.sample(range(1, ZONES + 1), DESTINATIONS)
        trips += [f"{other} : {chance.uniform(0.2, 2.0):.2f};" for other in to]
    pathlib.Path(sys.argv[2]).write_text("\n".join(trips) + "\n")


main()
