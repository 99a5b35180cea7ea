#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one libFuzzer binary: seeds from tests/data, a dictionary, a corpus that grows in build/fuzz/corpus, crashes in
build/fuzz/crashes. Most executions have short inputs, the last eighth has long ones. Prints the executions of this run
and of all runs so far."""
import argparse
import os
import re
import resource
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEEDS = os.path.join(ROOT, "tests", "data", "formats")
OTHER_SEEDS = {
    "active": ["html"], "addresses": ["active", "html"], "outputs": ["active"], "frames": ["text", "json", "html"], "image_metadata": ["image"], "pii": ["text", "html"],
    "installs": ["code", "python"], "requirements": ["text"],
    "code": ["python"], "commands": ["flow", "code"], "code_rules": ["flow", "code", "python"], "flow": ["code", "python"], "lineage": ["flow", "code"],
    "excerpt": ["json", "text"], "folding": ["code", "python"], "json": ["notebook"], "region": ["json"],
    "fixes": ["notebook"], "report": ["notebook", "python", "text", "zip"], "rules": ["notebook", "python", "text"], "secrets": ["text"],
    "cells": ["html", "json", "python"], "magic": ["image"], "markdown": ["html"], "rendered": ["html"],
    "truth": ["encodings"], "templates": ["jinja"], "unwrap": ["text", "encodings"]}
DICTIONARY = {"commands": "code", "lineage": "code", "code_rules": "code", "flow": "code", "outputs": "active", "cells": "json", "excerpt": "json", "fixes": "notebook", "private_key": "secrets", "region": "json", "rendered": "html",
              "report": "notebook", "rules": "notebook", "unwrap": "secrets", "text": "secrets", "jinja": "templates", "hub": "json", "safetensors": "json"}
# Bytes of a short input: as few as let nearly every branch be reached, for speed. Long ones are eight times as long.
SHORT = {"code_rules": 256, "lineage": 512, "commands": 256, "flow": 256, "frames": 256, "hdf5": 1280, "pii": 256, "active": 256, "addresses": 256, "outputs": 256, "cells": 256, "clean": 256, "code": 64, "encodings": 256, "folding": 256, "magic": 64, "markdown": 256,
         "notebook": 512, "query": 128, "region": 192, "rendered": 256, "tflite": 640, "transcode": 256, "truth": 256, "zip": 1024, "tar": 2560, "executorch": 128}
USUAL = 512
LONGER = 8
# Allocations remember two callers instead of thirty and 16 MB of freed memory stay poisoned, more than an input uses:
# nothing is seen less, and runs are a third faster. For a full stack run the binary on the crash file alone.
SANITIZER = "malloc_context_size=2:quarantine_size_mb=16"


def total(path, added):
    """A sum over all runs, kept beside the corpus."""
    before = 0
    if os.path.isfile(path):
        with open(path, encoding="ascii") as stream:
            before = int(stream.read().strip() or 0)
    with open(path, "w", encoding="ascii") as stream:
        stream.write(f"{before + added}\n")
    return before + added


def execute(command, log_path):
    """One run of libFuzzer, which can be watched in the log. Its exit code, executions and seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = dict(os.environ)
    environment.setdefault("ASAN_OPTIONS", SANITIZER)
    with open(log_path, "a+", encoding="utf-8", errors="replace") as log:
        log.seek(0, os.SEEK_END)
        start = log.tell()
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=environment).returncode
        log.seek(start)
        text = log.read()
    found = re.search(r"stat::number_of_executed_units:\s*(\d+)", text) or re.search(r"Done (\d+) runs", text)
    if not found:  # a crash ends the log before the figures
        found = list(re.finditer(r"^#(\d+)", text, re.M))
        found = found[-1] if found else None
    if code:
        print("\n".join(text.splitlines()[-60:]), file=sys.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return code, int(found.group(1)) if found else 0, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=0, help="stop after so many executions")
    parser.add_argument("--short", type=int, default=0, help="bytes of a short input; 0: what fits the target")
    parser.add_argument("--seeds", action="append", default=[], metavar="FOLDER", help="more seeds; only read")
    arguments = parser.parse_args()
    name = arguments.name
    corpus, crashes = (os.path.join(ROOT, "build", "fuzz", kind, name) for kind in ("corpus", "crashes"))
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(crashes, exist_ok=True)
    # An input that takes 5 seconds or 1 GB is a bug like a crash is one.
    command = [arguments.binary, "-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1", f"-artifact_prefix={crashes}/"]
    dictionary = os.path.join(ROOT, "tests", "fuzz", "dictionaries", DICTIONARY.get(name, name) + ".dict")
    if os.path.isfile(dictionary):
        command.append(f"-dict={dictionary}")
    seeds = [os.path.join(SEEDS, folder) for folder in [name, *OTHER_SEEDS.get(name, [])]]
    folders = [corpus, *filter(os.path.isdir, seeds), *arguments.seeds]
    short = arguments.short or SHORT.get(name, USUAL)
    executions, seconds = 0, 0.0
    log_path = os.path.join(ROOT, "build", "fuzz", f"{name}.log")
    open(log_path, "w", encoding="ascii").close()
    for length, share in ((short, 7 / 8), (short * LONGER, 1 / 8)):
        limits = [f"-max_len={length}", f"-max_total_time={max(1, round(arguments.seconds * share))}",
                  f"-runs={round(arguments.runs * share) or -1}"]
        code, more, took = execute(command + limits + folders, log_path)
        executions, seconds = executions + more, seconds + took
        if code:
            break
    seconds = round(seconds)
    everything = total(os.path.join(ROOT, "build", "fuzz", f"{name}.executions"), executions)
    all_seconds = total(os.path.join(ROOT, "build", "fuzz", f"{name}.processor"), seconds)
    where = f" (files in build/fuzz/crashes/{name})" if code else ""
    print(f"fuzz {name}: {executions} executions in {seconds} s of processor time, {everything} in {all_seconds} s over all "
          f"runs, {len(os.listdir(crashes))} crashes{where}")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
