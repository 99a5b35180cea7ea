#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the certain and likely secret findings on a corpus of public notebooks with corpus_expectations.tsv, where each was
judged by hand.

    corpus_secrets.py CUPEL CORPUS [--write]

Prints the findings per MB. Exit code 1: a finding that nobody judged. --write adds those with the verdict "unjudged"."""

import argparse
import collections
import csv
import json
import os
import subprocess
import sys

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus_expectations.tsv")
COLUMNS = ["path", "rule", "location", "fingerprint", "verdict", "reason"]
VERDICTS = ["real", "expired", "sample", "false"]


def read_table():
    with open(TABLE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cupel")
    parser.add_argument("corpus")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    done = subprocess.run([arguments.cupel, "scan", "-f", "json", arguments.corpus], capture_output=True, check=False)
    report = json.loads(done.stdout)
    size = sum(entry["bytes"] for entry in report["artifacts"] if not entry["parent"])
    strong = [f for f in report["findings"] if f["family"] == "secret" and f["confidence"] != "possible"]
    judged = {(row["path"], row["rule"], row["fingerprint"]): row for row in read_table()}
    verdicts, unjudged = collections.Counter(), []
    for finding in strong:
        path = os.path.relpath(finding["artifact"], arguments.corpus)
        row = judged.pop((path, finding["rule"], finding["fingerprint"]), None)
        if row and row["verdict"] in VERDICTS:
            verdicts[row["verdict"]] += 1
        else:
            unjudged.append([path, finding["rule"], finding["location"]["human"], finding["fingerprint"], "unjudged", ""])
    for path, rule, _ in judged:
        print(f"no longer found: {rule} in {path}")
    for row in unjudged:
        print("not judged:", *row[:4])
    if arguments.write and unjudged:
        with open(TABLE, "a", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t", lineterminator="\n").writerows(unjudged)
    possible = sum(f["family"] == "secret" for f in report["findings"]) - len(strong)
    counts = ", ".join(f"{count} {name}" for name, count in verdicts.items()) or "none judged"
    print(f"{len(strong)} certain or likely secrets in {size / 1e6:.0f} MB: {len(strong) / max(size, 1) * 1e6:.3f} per MB "
          f"({counts}, {len(unjudged)} not judged); {possible} possible")
    return 1 if unjudged else 0


if __name__ == "__main__":
    sys.exit(main())
