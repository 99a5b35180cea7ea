# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of bench.py about threat models: the first one of a workspace, the next, the state of many threats, ways of attack."""
import os
import re

from bench_lineage import output, program

# By the first word of a line of threat_bench: what it is called, most milliseconds.
GOALS = {"first": ("threat model of a scanned workspace of {} artifacts", 2000), "again": ("threat model after one file of it was edited", 300),
         "states": ("state of {} threats after a finding is gone", 300), "paths": ("all ways of attack of at most 8 flows, {} elements", 200),
         "nested": ("three nested conditions asked of {} elements", 200)}


def bench_threats(bench):
    tool = program(bench, "threat_bench")
    if not tool:
        return
    text = output([tool]).stdout
    for key, (what, goal) in GOALS.items():
        row = re.search(rf"^{key} ([\d.]+) ms, (\d+)?", text, re.M)
        value = float(row[1])
        bench.add(what.format(row[2]), value, "ms", f"<= {goal} ms", value <= goal, tool)
    bench_threat_canvas(bench)


# By the first word of a line of threat_canvas_bench; most milliseconds of the processor.
FRAMES = {"open": ("threat model of {} elements from its file to the first picture", 500),
          "pan_1": ("a frame of it while panning, at 100 %", 16), "pan_0.5": ("the same at 50 %", 16),
          "zoom": ("a frame of it while zooming", 16), "drag_1": ("a frame of it while one element is dragged", 16),
          "drag_200": ("the same with 200 elements", 16)}


def bench_threat_canvas(bench):
    tool = program(bench, "threat_canvas_bench")
    if not tool:
        return
    text = output([tool], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout
    for key, (what, goal) in FRAMES.items():
        row = re.search(rf"^{re.escape(key)} ([\d.]+) ms(?:, (\d+) elements)?", text, re.M)
        value = float(row[1])
        bench.add(what.format(row[2]), value, "ms", f"<= {goal} ms", value <= goal, tool)
