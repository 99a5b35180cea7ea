#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Good and bad cases of every rule: tests/golden/rules/<group>/<rule id in lower case>[-variant].bad.* and .good.*

  run.py CUPEL [--rules FILE...] [--complete PREFIX...] [--only WORD]

A bad case gives the findings it expects of its rule, at exactly those places; a good case gives none of its rule. The
groups `outputs`, `order`, `pickle`, `pii` and `templates` are held against the same folders by unit tests of their own. Expectations are
comments ("# expect: CUP-..." at the end of a line, or alone on the line above) in what is code or text; else a file beside it,
<case>.expected, one finding a line: "RULE line" or "RULE cell:line". Every rule of the text files given with --rules, and every one
whose id begins with a PREFIX, must have both cases.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECT = re.compile(r"#\s*expect:\s*([A-Z0-9, -]+?)\s*$")
CASE = re.compile(r"^(cup-[a-z0-9-]+?)(?:\.[a-z0-9-]+)?\.(bad|good)\.[a-z]+$")


def marks(lines):
    """(rule, line) for each expectation in lines of text."""
    for number, line in enumerate(lines, 1):
        found = EXPECT.search(line)
        if found:
            alone = not line[: found.start()].strip()
            for rule in re.split(r"[ ,]+", found.group(1)):
                yield rule, number + 1 if alone else number


def expected(path):
    """Counter of (rule, cell or None, line)."""
    wanted = collections.Counter()
    if os.path.exists(path + ".expected"):
        with open(path + ".expected", encoding="utf-8") as lines:
            for line in lines:
                rule, place = line.split()
                cell, _, number = place.rpartition(":")
                wanted[rule, int(cell) if cell else None, int(number)] += 1
        return wanted
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    if path.endswith(".ipynb"):
        for index, cell in enumerate(json.loads(text)["cells"]):
            source = "".join(cell["source"])
            for rule, line in marks(source.split("\n")):
                wanted[rule, index, line] += 1
    else:
        for rule, line in marks(text.split("\n")):
            wanted[rule, None, line] += 1
    return wanted


def scan(cupel, folder):
    text = subprocess.run([cupel, "scan", folder, "-f", "json"], stdout=subprocess.PIPE, check=False).stdout
    found = collections.defaultdict(collections.Counter)
    for entry in json.loads(text)["findings"]:
        place = entry["location"]
        notebook = entry["artifact"].endswith(".ipynb") and place.get("cellLine") is not None
        key = (entry["rule"], place["cell"] if notebook else None, place["cellLine" if notebook else "line"])
        found[entry["artifact"]][key] += 1
    return found


def judge(path, name, kind, found, problems):
    rule = name.upper()
    got = {key: count for key, count in found.items() if key[0] == rule}
    if kind == "good":
        if got:
            problems.append(f"{path}: a good case gives {sorted(got)}")
        return
    wanted = expected(path)
    mine = {key: count for key, count in wanted.items() if key[0] == rule}
    if not mine:
        problems.append(f"{path}: expects nothing of {rule}")
    if got != mine:
        problems.append(f"{path}: expects {sorted(mine)}, gives {sorted(got)}")
    for key in wanted:
        if key[0] != rule and key not in found:
            problems.append(f"{path}: expects also {key}, gives {sorted(found)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cupel")
    parser.add_argument("--rules", nargs="*", default=[])
    parser.add_argument("--complete", nargs="*", default=[])
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    problems = []
    cases = collections.defaultdict(set)
    own = {"outputs", "order", "pii", "templates", "pickle", "__pycache__"}
    for group in sorted(entry.path for entry in os.scandir(HERE) if entry.is_dir() and entry.name not in own):
        found = scan(options.cupel, group)
        for name in sorted(os.listdir(group)):
            match = CASE.match(name)
            if name.endswith(".expected") or options.only not in name:
                continue
            if not match:
                problems.append(f"{group}/{name}: not <rule id>[.variant].bad|good.<ending>")
                continue
            path = os.path.join(group, name)
            cases[match.group(1).upper()].add(match.group(2))
            judge(path, match.group(1), match.group(2), found[path], problems)
    complete = []
    for file in options.rules:
        with open(file, encoding="utf-8") as stream:
            complete += [rule["id"] for rule in json.load(stream)["rules"]]
    if options.complete:
        listed = subprocess.run([options.cupel, "rules", "-f", "json"], stdout=subprocess.PIPE, check=True).stdout
        complete += [rule["id"] for rule in json.loads(listed)["rules"] if rule["id"].startswith(tuple(options.complete))]
    for rule in complete:
        for kind in sorted({"bad", "good"} - cases[rule]):
            problems.append(f"{rule}: no {kind} case")
    print("\n".join(problems) if problems else f"{sum(map(len, cases.values()))} kinds of cases for {len(cases)} rules")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
