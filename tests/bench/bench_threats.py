# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of bench.py about threat models: the first one of a workspace, the next, the state of many threats, ways of attack."""
import re

from bench_lineage import output, program

# By the first word of a line of threat_bench: what it is called, most milliseconds.
GOALS = {"first": ("threat model of a scanned workspace of {} artifacts", 2000), "again": ("threat model after one file of it was edited", 300),
         "states": ("state of {} threats after a finding is gone", 300), "paths": ("all ways of attack of at most 8 flows, {} elements", 200)}


def bench_threats(bench):
    tool = program(bench, "threat_bench")
    if not tool:
        return
    text = output([tool]).stdout
    for key, (what, goal) in GOALS.items():
        row = re.search(rf"^{key} ([\d.]+) ms, (\d+)?", text, re.M)
        value = float(row[1])
        bench.add(what.format(row[2]), value, "ms", f"<= {goal} ms", value <= goal, tool)
