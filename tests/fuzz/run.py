#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one libFuzzer binary: seeds from tests/data, a dictionary, a corpus that grows in build/fuzz/corpus, crashes in
build/fuzz/crashes. Prints the executions of this run and of all runs so far."""
import argparse
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEEDS = os.path.join(ROOT, "tests", "data", "formats")
OTHER_SEEDS = {"report": ["notebook", "python", "text", "zip"], "rules": ["notebook", "python", "text"], "json": ["notebook"],
               "code": ["python"], "folding": ["python"], "secrets": ["text"], "unwrap": ["encodings"]}


def total(path, added):
    """Executions over all runs, kept beside the corpus."""
    before = 0
    if os.path.isfile(path):
        with open(path, encoding="ascii") as stream:
            before = int(stream.read().strip() or 0)
    with open(path, "w", encoding="ascii") as stream:
        stream.write(f"{before + added}\n")
    return before + added


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--max-length", type=int, default=16384)
    arguments = parser.parse_args()
    name = arguments.name
    corpus, crashes = (os.path.join(ROOT, "build", "fuzz", kind, name) for kind in ("corpus", "crashes"))
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(crashes, exist_ok=True)
    command = [arguments.binary, f"-max_total_time={arguments.seconds}", f"-max_len={arguments.max_length}", "-timeout=10",
               "-rss_limit_mb=3000", "-print_final_stats=1", f"-artifact_prefix={crashes}/", corpus]
    for folder in [name, *OTHER_SEEDS.get(name, [])]:
        if os.path.isdir(os.path.join(SEEDS, folder)):
            command.append(os.path.join(SEEDS, folder))
    for dictionary in (name, *OTHER_SEEDS.get(name, [])):
        path = os.path.join(ROOT, "tests", "fuzz", "dictionaries", dictionary + ".dict")
        if os.path.isfile(path):
            command.insert(1, f"-dict={path}")
            break
    log_path = os.path.join(ROOT, "build", "fuzz", f"{name}.log")
    with open(log_path, "w", encoding="utf-8", errors="replace") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode
    with open(log_path, encoding="utf-8", errors="replace") as log:
        text = log.read()
    found = re.search(r"stat::number_of_executed_units:\s*(\d+)", text) or re.search(r"Done (\d+) runs", text)
    if not found:  # a crash ends the log before the figures
        found = (re.findall(r"^#(\d+)", text, re.M) or ["0"])[-1:]
        executions = int(found[0])
    else:
        executions = int(found.group(1))
    everything = total(os.path.join(ROOT, "build", "fuzz", f"{name}.executions"), executions)
    if code:
        print("\n".join(text.splitlines()[-60:]), file=sys.stderr)
    print(f"fuzz {name}: {executions} executions in {arguments.seconds} s, {everything} over all runs, "
          f"{len(os.listdir(crashes))} crashes{'' if code == 0 else f' (files in build/fuzz/crashes/{name})'}")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
