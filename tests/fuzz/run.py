#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one libFuzzer binary: seeds from tests/data, a dictionary, a corpus that grows in build/fuzz/corpus, crashes in
build/fuzz/crashes. Prints the executions of this run and of all runs so far."""
import argparse
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEEDS = os.path.join(ROOT, "tests", "data", "formats")
OTHER_SEEDS = {
    "code": ["python"], "commands": ["flow", "code"], "code_rules": ["flow", "code", "python"], "excerpt": ["json", "text"], "flow": ["code", "python"], "folding": ["code", "python"], "json": ["notebook"], "region": ["json"],
    "report": ["notebook", "python", "text", "zip"], "rules": ["notebook", "python", "text"], "secrets": ["text"],
    "truth": ["encodings"], "unwrap": ["text", "encodings"]}
DICTIONARY = {"commands": "code", "code_rules": "code", "flow": "code", "excerpt": "json", "private_key": "secrets", "region": "json", "report": "notebook", "rules": "notebook",
              "unwrap": "secrets", "text": "secrets"}
# Bytes of an input: as few as let every branch be reached, for speed. A zip needs its directory behind the members.
LONGEST = {"clean": 512, "code_rules": 512, "commands": 512, "flow": 512, "encodings": 1024, "excerpt": 2048, "folding": 2048, "private_key": 2048, "query": 512, "region": 1024,
           "report": 4096, "secrets": 1024, "transcode": 1024, "truth": 1024, "unwrap": 2048, "zip": 8192}


def total(path, added):
    """A sum over all runs, kept beside the corpus."""
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
    parser.add_argument("--runs", type=int, default=-1, help="stop after so many executions")
    parser.add_argument("--max-length", type=int, default=0, help="of an input in bytes; 0: what fits the target")
    parser.add_argument("--seeds", action="append", default=[], metavar="FOLDER", help="more seeds; only read")
    arguments = parser.parse_args()
    name = arguments.name
    corpus, crashes = (os.path.join(ROOT, "build", "fuzz", kind, name) for kind in ("corpus", "crashes"))
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(crashes, exist_ok=True)
    # An input that takes 5 seconds or 1 GB is a bug like a crash is one.
    command = [arguments.binary, f"-max_total_time={arguments.seconds}", f"-runs={arguments.runs}",
               f"-max_len={arguments.max_length or LONGEST.get(name, 4096)}", "-timeout=5", "-rss_limit_mb=1024",
               "-print_final_stats=1", f"-artifact_prefix={crashes}/", corpus]
    for folder in [name, *OTHER_SEEDS.get(name, [])]:
        if os.path.isdir(os.path.join(SEEDS, folder)):
            command.append(os.path.join(SEEDS, folder))
    command += arguments.seeds
    dictionary = os.path.join(ROOT, "tests", "fuzz", "dictionaries", DICTIONARY.get(name, name) + ".dict")
    if os.path.isfile(dictionary):
        command.insert(1, f"-dict={dictionary}")
    log_path = os.path.join(ROOT, "build", "fuzz", f"{name}.log")
    begin = time.monotonic()
    with open(log_path, "w", encoding="utf-8", errors="replace") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode
    seconds = round(time.monotonic() - begin)
    with open(log_path, encoding="utf-8", errors="replace") as log:
        text = log.read()
    found = re.search(r"stat::number_of_executed_units:\s*(\d+)", text) or re.search(r"Done (\d+) runs", text)
    if not found:  # a crash ends the log before the figures
        found = (re.findall(r"^#(\d+)", text, re.M) or ["0"])[-1:]
        executions = int(found[0])
    else:
        executions = int(found.group(1))
    everything = total(os.path.join(ROOT, "build", "fuzz", f"{name}.executions"), executions)
    all_seconds = total(os.path.join(ROOT, "build", "fuzz", f"{name}.seconds"), seconds)
    if code:
        print("\n".join(text.splitlines()[-60:]), file=sys.stderr)
    print(f"fuzz {name}: {executions} executions in {seconds} s, {everything} in {all_seconds} s over all runs, "
          f"{len(os.listdir(crashes))} crashes{'' if code == 0 else f' (files in build/fuzz/crashes/{name})'}")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
