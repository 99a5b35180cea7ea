#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real files of real frameworks: no alarm, the right format, the right number of tensors, everything read.

  run.py CUPEL FOLDER       FOLDER holds MANIFEST.tsv: path, format, tensors, judged, how (tests/data/make writes it)

The number of tensors is what the framework said when it wrote the file, or h5py when it read it again. No file may have a finding of
medium or worse, or one about a name that is not known, on it or on a member; judged `benign` it is also read completely, `unread` it is not, and Cupel says so. What Cupel still gets wrong stands in known.tsv beside this file: path, what is wrong, why; a row
there that is no longer needed fails too.
"""
import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LOUD = ("medium", "high", "critical")


def table(path, columns):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != columns:
            sys.exit(f"{path}: not {columns} columns: {row}")
    return rows


def inspect(cupel, path):
    text = subprocess.run([cupel, "inspect", "-f", "json", path], stdout=subprocess.PIPE, check=False).stdout
    return json.loads(text)


def tensors(cupel, path, members):
    """How many Cupel lists, of the file or of its pickles."""
    return sum(part["tensorCount"] for file in [path, *(member for member in members if member.endswith(".pkl"))]
               for part in inspect(cupel, file).values() if isinstance(part, dict) and "tensorCount" in part)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    cupel, folder = sys.argv[1], os.path.abspath(sys.argv[2])
    text = subprocess.run([cupel, "scan", folder, "-f", "json"], stdout=subprocess.PIPE, check=False).stdout
    document = json.loads(text)
    found = collections.defaultdict(set)
    for finding in document["findings"]:
        if finding["severity"] in LOUD or finding["rule"] == "CUP-PKL-UNKNOWN-NAME":
            found[finding["artifact"].split("!")[0]].add(f"{finding['rule']} {finding['severity']}")
    artifacts = collections.defaultdict(list)
    for artifact in document["artifacts"]:
        artifacts[artifact["path"].split("!")[0]].append(artifact)
    wrong = set()
    rows = table(os.path.join(folder, "MANIFEST.tsv"), 5)[1:]
    for name, format, count, judged, _ in rows:
        path = os.path.join(folder, name)
        parts = artifacts.get(path)
        if not parts:
            wrong.add((name, "is not there"))
            continue
        wrong |= {(name, rule) for rule in found[path]}
        if parts[0]["format"] != format:
            wrong.add((name, f"format {parts[0]['format']}, not {format}"))
        complete = all(part["status"] == "complete" for part in parts)
        if complete != (judged == "benign"):
            wrong.add((name, "read completely" if complete else "not read completely"))
        if count != "-":
            listed = tensors(cupel, path, [part["path"] for part in parts])
            if listed != int(count):
                wrong.add((name, f"{listed} tensors, not {count}"))
    named = {row[0] for row in rows}
    for at, _, files in os.walk(folder):
        for file in files:
            name = os.path.relpath(os.path.join(at, file), folder)
            if name not in named and name not in ("MANIFEST.tsv", "README.md"):
                wrong.add((name, "is not in the manifest"))
    known = {(name, what) for name, what, _ in table(os.path.join(HERE, "known.tsv"), 3)}
    for name, what in sorted(wrong - known):
        print(f"{name}: {what}")
    for name, what in sorted(known - wrong):
        print(f"{name}: no longer '{what}': take the row out of known.tsv")
    print(f"{len(rows)} files of {len({name.split('/')[0] for name in named})} frameworks, {len(known & wrong)} things known to be wrong")
    return 1 if wrong != known else 0


if __name__ == "__main__":
    sys.exit(main())
