# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of bench.py about lineage: the layout of graphs, frames of the canvas, speed and accuracy of the graph itself."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REAL = ("tests/data/lineage/micro", "resources/samples/churn")  # graphs of code that lies here


def program(bench, name):
    """Its path, or None with a sentence about it."""
    path = os.path.join(os.path.dirname(bench.bin), "tests", name)
    if os.path.isfile(os.path.join(ROOT, path)):
        return path
    print(f"no {name} in this build: it was not measured")
    return None


def output(command, **more):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **more)


def write_edges(cupel, folder, path):
    """The graph of a folder as lines of numbers."""
    graph = json.loads(output([cupel, "lineage", folder, "-f", "json"]).stdout)
    numbers = {}
    with open(path, "w", encoding="ascii") as stream:
        for edge in graph["edges"]:
            ends = [numbers.setdefault(edge[end], len(numbers)) for end in ("from", "to")]
            stream.write(f"{ends[0]} {ends[1]}\n")


def bench_layout(bench):
    tool = program(bench, "graph_bench")
    if not tool:
        return
    for size, goal in ((1000, 20), (10000, 250)):
        command = [tool, str(size)]
        worst = max((float(line[2]), line[1]) for line in re.finditer(r"^(\w+) .*?([\d.]+) ms", output(command).stdout, re.M))
        bench.add(f"layout of {size:,} nodes, slowest of three kinds", f"{worst[0]:.1f}", "ms", f"<= {goal} ms", worst[0] <= goal, " ".join(command))
    command = [tool, "--stable"]
    shares = re.findall(r"deleted ([\d.]+) %.*?added ([\d.]+) %", output(command).stdout)
    for way, what in enumerate(("deleted", "added")):
        worst = max(float(share[way]) for share in shares)
        bench.add(f"others that move when a node is {what}", f"{worst:.2f}", "%", "<= 5 %", worst <= 5, " ".join(command))
    if not shutil.which("dot"):
        print("no dot: crossings were not compared")
        return
    with tempfile.TemporaryDirectory(prefix="cupel-bench-") as folder:
        files = []
        for i, real in enumerate(REAL):
            write_edges(bench.cupel, real, os.path.join(folder, f"{i}.edges"))
            files += ["--edges", os.path.join(folder, f"{i}.edges")]
        runs = ([tool, "--dot", "--count", "4", "300"], [tool, "--dot", "--count", "3", "1000"], [tool, "--dot", "2000"], [tool, "--dot", *files])
        for command in runs:
            text = output(command).stdout
            shown = " ".join(word.replace(folder, "FOLDER") for word in command)
            for kind, ratio in re.findall(r"^(\w+): .* ratio ([\d.]+)$", text, re.M):
                what = f"{command[-1]} nodes, {kind}" if command[-1].isdigit() else "graphs of tests/data and the sample"
                bench.add(f"crossings against dot, {what}", ratio, "times", "<= 1.15", float(ratio) <= 1.15, shown)


def bench_canvas(bench):
    tool = program(bench, "canvas_bench")
    if not tool:
        return
    text = output([tool], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout
    frames = {name: float(value) for name, value in re.findall(r"^frame_(\S+) ([\d.]+) ms", text, re.M)}
    zooming = frames.pop("zooming")
    for what, value in (("panning, slowest zoom", max(frames.values())), ("zooming", zooming)):
        bench.add(f"frame of 20,000 nodes, {what}", value, "ms", "<= 8 ms", value <= 8, tool)


def bench_edit(bench):
    tool = program(bench, "lineage_edit_bench")
    if tool:
        value = float(re.search(r"^patch ([\d.]+) ms", output([tool]).stdout, re.M)[1])
        bench.add("lineage after one cell of 40 notebooks was edited", value, "ms", "<= 30 ms", value <= 30, tool)


def bench_speed(bench):
    command = [bench.cupel, "lineage", bench.given, "-f", "json", "--jobs", "2"]
    count = sum(name.endswith(".ipynb") for _, _, names in os.walk(bench.given) for name in names)
    run = min((bench.run(command) for _ in range(3)), key=lambda one: one.wall)
    bench.add("lineage of public notebooks, two workers", f"{count / run.wall:.0f}", "/s", ">= 250 /s", count / run.wall >= 250, " ".join(command))
    tool = program(bench, "lineage_bench")
    if tool:
        text = output([tool, bench.given]).stderr
        for part, name in (("with parsing", "names and slices"), ("whole lineage", "whole lineage")):
            middle, late = re.search(part + r" .*median ([\d.]+) ms, p99 ([\d.]+) ms", text).groups()
            for what, value, goal in (("median", middle, 5), ("99 %", late, 80)):
                bench.add(f"{name} of one notebook, {what}", value, "ms", f"<= {goal} ms", float(value) <= goal, f"{tool} {bench.given}")


# By line of lineage_accuracy.py: what it is called, least recall and precision in percent; None: no goal.
ACCURACY = {"sources": ("sources", 97, 97), "trainings": ("trainings", 97, 97), "data->model": ("data to model", 95, 97), "roles": ("roles", 95, None),
            "splits": ("splits", None, None), "evaluations": ("evaluations", None, None), "slices": ("slices", 99, 90), "hazards": ("hazards", 90, None)}


def bench_accuracy(bench):
    command = [sys.executable, "tests/bench/lineage_accuracy.py", bench.cupel, bench.given]
    text = output(command).stdout
    shown = " ".join(["python3", *command[1:]])
    for key, (what, recall, precision) in ACCURACY.items():
        row = re.search(rf"^{re.escape(key)} .*?([\d.]+)% +([\d.]+)%$", text, re.M)
        if not row:
            sys.exit(f"bench: lineage_accuracy.py closed without {key}")
        for name, value, least in (("recall", row[1], recall), ("precision", row[2], precision)):
            bench.add(f"lineage, {what}: {name}", value, "%", f">= {least} %" if least else "", float(value) >= least if least else None, shown)
    drawn = re.search(r"(\d+) of (\d+) forbidden", text)
    bench.add(f"lineage, forbidden edges of {drawn[2]}", drawn[1], "drawn", "0", drawn[1] == "0", shown)


def bench_lineage(bench):
    bench_layout(bench)
    bench_canvas(bench)
    bench_edit(bench)
    command = [sys.executable, "tests/bench/lineage_accuracy.py", bench.cupel, "--micro"]
    counts = re.search(r"(\d+) of (\d+) micro files", output(command).stdout)
    bench.add(f"lineage as expected, of {counts[2]} micro files", counts[1], "", "", None, " ".join(["python3", *command[1:]]))
    if not bench.given:
        print("no corpus of public notebooks given: lineage was not measured on it")
        return
    bench_speed(bench)
    bench_accuracy(bench)
