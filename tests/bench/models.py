#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans a labelled corpus of model files and compares: no malicious sample without a finding >= high, no benign one
with such a finding, nothing suspicious or malformed that looks clean. Nothing of the corpus is ever loaded.

  models.py CUPEL CORPUS [--formats pickle,joblib,...] [--all]    CORPUS holds MANIFEST.tsv: path, format, expected, why
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

PICKLES = ("pickle", "joblib", "torch", "npy", "npz", "p")
CONTAINERS = ("zip", "tar", "7z", "rar", "nemo", "mar", "executorch", "pe", "html", "unknown")
GRAPHS = ("onnx", "tf-savedmodel", "tf-graphdef", "tf-keras-metadata", "tf-variables", "tf-companion", "protobuf", "keras",
          "keras-h5", "keras-json", "keras-yaml", "tflite", "pmml", "openvino")
HIGH = ("high", "critical")


def is_pickle(kind):
    return kind in PICKLES or kind in CONTAINERS or kind.startswith(("pickle+", "torch"))


def scan(cupel, corpus, rows):
    """Findings and states by sample; a member counts for the file it lies in."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names, tempfile.NamedTemporaryFile(suffix=".json") as out:
        names.write("".join(os.path.join(corpus, row[0]) + "\0" for row in rows))
        names.flush()
        subprocess.run([cupel, "scan", "--files-from", names.name, "-0", "-q", "-o", "json=" + out.name],
                       stdout=subprocess.DEVNULL, check=False)
        document = json.load(open(out.name, encoding="utf-8"))
    found = collections.defaultdict(list)
    states = collections.defaultdict(list)
    known = {os.path.join(corpus, row[0]): row[0] for row in rows}

    def sample(path):
        while path not in known and "!" in path:
            path = path.rsplit("!", 1)[0]
        return known.get(path)

    for finding in document["findings"]:
        found[sample(finding["artifact"])].append(finding)
    for artifact in document["artifacts"]:
        states[sample(artifact["path"])].append(artifact)
    return found, states


def judge(expected, findings, states):
    """Empty: as the label wants it. Else what is wrong."""
    rank = {"info": 0, "low": 1, "medium": 2, "high": 3, "critical": 4}
    worst = max((rank[f["severity"]] for f in findings), default=-1)
    complete = all(s["status"] == "complete" for s in states)
    if expected == "malicious" and worst < 3:
        return "missed"
    if expected == "benign" and worst >= 3:
        return "false alarm"
    if expected == "benign" and not complete:
        return "benign, not read completely"
    if expected == "suspicious" and worst < 2:
        return "weak" if worst >= 0 or not complete else "looks clean"
    if expected == "malformed" and worst < 1 and complete:
        return "looks clean"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cupel")
    parser.add_argument("corpus")
    parser.add_argument("--formats", help="formats of the manifest, with commas, or 'graphs'; default: those that hold pickles, and containers")
    parser.add_argument("--all", action="store_true", help="every format")
    parser.add_argument("-v", action="store_true", help="rules of each disagreement")
    arguments = parser.parse_args()
    with open(os.path.join(arguments.corpus, "MANIFEST.tsv"), encoding="utf-8") as manifest:
        rows = [line.rstrip("\n").split("\t") for line in manifest][1:]
    chosen = GRAPHS if arguments.formats == "graphs" else arguments.formats.split(",") if arguments.formats else None
    rows = [r for r in rows if arguments.all or (r[1] in chosen if chosen else is_pickle(r[1]))]
    found, states = scan(arguments.cupel, arguments.corpus, rows)
    table = collections.Counter()
    for path, kind, expected, why in rows:
        wrong = judge(expected, found[path], states[path])
        table[expected, wrong or "right"] += 1
        if wrong:
            rules = sorted({f"{f['rule']}:{f['severity']}" for f in found[path]})
            print(f"{wrong}\t{kind}\t{path}\t{why}" + (f"\t{states[path][0]['format']} {states[path][0]['status']} "
                                                       + " ".join(rules) if arguments.v and states[path] else ""))
    for (expected, result), count in sorted(table.items()):
        print(f"{expected:11} {result:28} {count}")
    hard = table["malicious", "missed"] + table["benign", "false alarm"]
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
