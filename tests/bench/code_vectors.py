#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Agreement with labelled lines of code: other people's rules say which lines they flag and which they do not.

  code_vectors.py CUPEL FOLDER [--show] [--rule NAME]

FOLDER holds vectors.jsonl (rule, file, line, expected) and files/. code_claims.tsv says which of our rules stand for which of
theirs and, with the reason, which of theirs have none; those are counted as not claimed. A line agrees when it is the place of a
finding of ours, or a line of its trail (source, step, argument), exactly where they flag it. Prints the figure and what disagrees
with --show. Exit code 1 below 95 %, and when a rule of theirs is not in the table.
"""
import argparse
import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def claims():
    table = {}
    with open(os.path.join(HERE, "code_claims.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                theirs, ours = line.rstrip("\n").split("\t")[:2]
                table[theirs] = None if ours == "-" else {n if n.startswith("CUP-") else "CUP-CODE-" + n for n in ours.split()}
    return table


def findings(cupel, folder):
    """(file, line) to the rules found there; every line that a finding, its trail or its repetitions name."""
    text = subprocess.run([cupel, "scan", folder, "-f", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    found = collections.defaultdict(set)
    for entry in json.loads(text)["findings"]:
        places = [entry["location"]] + [step["location"] for step in entry["evidence"] if step.get("location")]
        for place in places:
            found[os.path.relpath(entry["artifact"], folder), place["line"]].add(entry["rule"])
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cupel")
    parser.add_argument("folder")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--rule")
    options = parser.parse_args()
    with open(os.path.join(options.folder, "vectors.jsonl"), encoding="utf-8") as lines:
        vectors = [json.loads(line) for line in lines]
    table = claims()
    undecided = sorted({vector["rule"] for vector in vectors} - set(table))
    if undecided:
        sys.exit(f"code_vectors: neither claimed nor turned down with a reason: {', '.join(undecided)}")
    found = findings(options.cupel, os.path.join(options.folder, "files"))
    agree = claimed = 0
    per_rule = collections.defaultdict(lambda: [0, 0])
    for vector in vectors:
        ours = table.get(vector["rule"])
        if ours is None or vector["todo"] or (options.rule and vector["rule"] != options.rule):
            continue
        claimed += 1
        flagged = bool(ours & found[vector["file"], vector["line"]])
        good = flagged == vector["expected"]
        agree += good
        per_rule[vector["rule"]][good] += 1
        if options.show and not good:
            print(f"{'missed' if vector['expected'] else 'extra '} {vector['rule']} {vector['file'].split('/', 1)[-1]}:{vector['line']}: {vector['text'].strip()[:110]}")
    if options.show:
        for rule, (bad, good) in sorted(per_rule.items(), key=lambda item: -item[1][0]):
            if bad:
                print(f"{bad:4} of {bad + good:4}  {rule}")
    share = 100 * agree / max(1, claimed)
    print(f"{claimed} labelled lines of {len(per_rule)} claimed rules, {len(vectors) - claimed} lines not claimed: {agree} agree ({share:.2f} %)")
    return 0 if share >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
