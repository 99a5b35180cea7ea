#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cupel beside other scanners, on the same inputs, each started by its command line as its users start it.

  peers.py --cupel build/release/bin/cupel [--corpus FOLDER] [--markdown FILE]     scanners of model files: one table
  peers.py --cupel build/release/bin/cupel PATH...                                 detect-secrets, on these paths

The versions are pinned in peers-models.txt and peers-secrets.txt and installed outside of the tree. FOLDER (or CUPEL_MODELS_CORPUS)
holds MANIFEST.tsv as models.py reads it; without one, that half of the table stays empty. Only static scanners: nothing is loaded.
"""
import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile

import peer_inputs
import peer_tools
from peer_tools import ALARM, CLEAN, CRASH, TIMEOUT, UNREAD, WEAK

LIMIT = 120
GROUP = 25
ENOUGH = 5  # seconds: what takes longer is measured once, the rest three times

NOTES = """\
- **malicious**: samples with a finding that counts / with something weaker / called clean / not read / crashed or stopped. **benign**:
  samples alarmed / with something weaker / not read, crashed or stopped.
- A finding that counts is `high` or `critical` (Cupel, modelscan), a dangerous global (picklescan), `LIKELY_UNSAFE` and up (fickling),
  `critical` (modelaudit). Weaker: `medium`; modelscan's `MEDIUM` and `LOW`; suspicious globals, with which picklescan ends with 0;
  `POSSIBLY_UNSAFE` and `SUSPICIOUS`; `warning`. Lesser notes count as clean.
- Not read: the tool says that it does not support, skips or cannot parse the file. fickling calls everything unsafe that it cannot
  parse, this counts as not read, for malicious and for benign samples.
- The corpus holds many formats, and picklescan and fickling are made for pickles only; "pickles only" repeats the count for those. It
  holds test files of all the peers. Cupel was made with this corpus at hand, the peers were not: read its own line with that in mind.
  Labels it disagrees with stand in [model-labels.md](model-labels.md).
- The peers are installed with the small packages they ask for beside (h5py, onnx, tflite, py7zr, msgpack, safetensors), without
  TensorFlow and PyTorch, with which modelscan and fickling read some formats more.
- Times are CPU times, user and system, of the whole command from its start to its end, JSON written, files in the cache of the system: on
  an idle machine with one core that is the time one waits, on a busy one it stays the same. The median of nine runs for the small
  file, of three for the others, one where a run takes more than 5 s. Memory is the largest resident size. `found`: the call at the
  very end of the input (for the billion laughs: that it is one) is a finding that counts. What takes more than 120 s is stopped.
- Each file of the corpus is a command of its own, but for modelaudit, which gets 25 at once, because each start takes more than a second.
- modelaudit's telemetry is switched off, its cache too. Made by `./dev peers`, versions in `tests/bench/peers-models.txt`."""


def share(tool, corpus, rows, kept):
    """Verdicts of all samples; those that `kept` has of this version are not asked for again."""
    known = {row[0]: kept[tool.name, tool.version, row[0]] for row in rows if (tool.name, tool.version, row[0]) in kept}
    names = [row[0] for row in rows if row[0] not in known]
    step = GROUP if tool.many else 1

    def ask(at):
        paths = [os.path.join(corpus, name) for name in names[at : at + step]]
        return tool.run_many(paths, LIMIT) if tool.many else [tool.run(paths[0], LIMIT)[0]]

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = [verdict for group in pool.map(ask, range(0, len(names), step)) for verdict in group]
    known.update(zip(names, verdicts))
    verdicts = [known[row[0]] for row in rows]
    print(f"{tool.name}: {dict(collections.Counter(verdicts))}", file=sys.stderr, flush=True)
    return verdicts


def counted(rows, verdicts, chosen):
    table = collections.Counter((row[2], verdict) for row, verdict in zip(rows, verdicts) if chosen(row))

    def cell(label, *kinds):
        return " / ".join(str(sum(table[label, k] for k in kind)) for kind in kinds)

    return [cell("malicious", [ALARM], [WEAK], [CLEAN], [UNREAD], [CRASH, TIMEOUT]),
            cell("benign", [ALARM], [WEAK], [UNREAD, CRASH, TIMEOUT])]


def measured(tool, path, size, expected, runs):
    """One cell: time, speed where it means something, memory, what was said."""
    done = []
    for _ in range(runs):
        verdict, run = tool.run(path, LIMIT)
        done.append(run)
        if run.seconds > ENOUGH:
            break
    peak = f"{max(run.peak for run in done) / 1e6:.0f} MB"
    if verdict == TIMEOUT:
        return f"stopped after {LIMIT} s, {peak}"
    seconds = statistics.median(run.seconds for run in done)
    text = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    if size > 10_000_000:
        text += f", {size / 1e6 / seconds:.0f} MB/s"
    said = {ALARM: "found" if expected else "**alarm**", WEAK: "weaker", CLEAN: "**clean**" if expected else "clean",
            UNREAD: "not read", CRASH: "crashed"}[verdict]
    return f"{text}, {peak}, {said}"


def models(arguments):
    rows = []
    if arguments.corpus:
        with open(os.path.join(arguments.corpus, "MANIFEST.tsv"), encoding="utf-8") as manifest:
            rows = [line.rstrip("\n").split("\t") for line in manifest][1:]
    kept = {}
    if arguments.verdicts and os.path.exists(arguments.verdicts):
        with open(arguments.verdicts, encoding="utf-8") as lines:
            for name, version, path, verdict, *_ in (line.rstrip("\n").split("\t") for line in lines):
                kept[name, version, path] = verdict
    header = ["tool", "version", "malicious", "benign", "malicious, pickles only", "benign, pickles only"]
    table = []
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, so that this one stays small: what it holds counts as memory of its children until they start.
        subprocess.run([sys.executable, peer_inputs.__file__, folder], check=True)
        for tool in peer_tools.tools(os.path.abspath(arguments.cupel)):
            line = [tool.name, tool.version]
            for name, _, _, expected in peer_inputs.INPUTS:
                path = os.path.join(folder, name)
                line.append(measured(tool, path, os.path.getsize(path), expected, 3 if expected else 9))
                print(f"{tool.name}: {name}: {line[-1]}", file=sys.stderr, flush=True)
            verdicts = share(tool, arguments.corpus, rows, kept) if rows else []
            shares = counted(rows, verdicts, lambda row: True) + counted(rows, verdicts, lambda row: "pickle" in row[1])
            line[2:2] = shares if rows else ["", "", "", ""]
            table.append(line)
            kept.update(((tool.name, tool.version, row[0]), verdict) for row, verdict in zip(rows, verdicts))
            if arguments.verdicts:
                with open(arguments.verdicts, "w", encoding="utf-8") as out:
                    labels = {row[0]: row[2] for row in rows}
                    out.writelines("\t".join([*key, verdict, labels.get(key[2], "")]) + "\n" for key, verdict in sorted(kept.items()))
    header += [what for _, _, what, _ in peer_inputs.INPUTS]
    if rows:
        labels = collections.Counter(row[2] for row in rows)
        header[2:4] = f"malicious, {labels['malicious']}", f"benign, {labels['benign']}"
        labels = collections.Counter(row[2] for row in rows if "pickle" in row[1])
        header[4:6] = f"malicious pickles, {labels['malicious']}", f"benign pickles, {labels['benign']}"
    lines = ["| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *table]]
    return "\n".join(lines)


def machine():
    name = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def secrets(arguments):
    peer = "detect-secrets"
    program = os.path.join(peer_tools.install("peers-secrets.txt"), peer)

    def timed(command, ok):
        with tempfile.TemporaryDirectory() as scratch:
            run = peer_tools.Run(command, scratch, 3600, os.getcwd())  # it leaves out what is not below the folder it runs in
        if run.code not in ok:
            sys.exit(f"peers: exit code {run.code}: {' '.join(command)}\n{run.err[-500:]}")
        return run.seconds, json.loads(run.out)

    seconds, mine = timed([os.path.abspath(arguments.cupel), "scan", "-f", "json", "--jobs", "1", *arguments.paths], (0, 1, 4))
    size = sum(entry["bytes"] for entry in mine["artifacts"] if not entry["parent"])
    count = sum(finding["family"] == "secret" for finding in mine["findings"])
    rows = [(f"cupel {mine['tool']['version']}", seconds, count)]
    seconds, theirs = timed([program, "--cores", "1", "scan", "--all-files", *arguments.paths], (0,))
    rows.append((f"{peer} {theirs['version']}", seconds, sum(len(found) for found in theirs["results"].values())))
    print(f"{size / 1e6:.1f} MB in {len(mine['artifacts'])} files, one core")
    for name, seconds, findings in rows:
        print(f"{name:24} {seconds:8.2f} s {size / 1e6 / seconds:9.1f} MB/s {findings:7} secret findings")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cupel", required=True)
    parser.add_argument("--corpus", default=os.environ.get("CUPEL_MODELS_CORPUS"), help="labelled model files")
    parser.add_argument("--markdown", metavar="FILE", help="write the table and its notes there too")
    parser.add_argument("--verdicts", metavar="FILE", help="keep there what each tool said of each sample, and take it from there next time")
    parser.add_argument("paths", nargs="*", metavar="PATH")
    arguments = parser.parse_args()
    if arguments.paths:
        secrets(arguments)
        return 0
    if not arguments.corpus:
        print("no labelled corpus of models given: what is found and missed is not compared", file=sys.stderr)
    table = models(arguments)
    print(table + "\n\n" + NOTES)
    if arguments.markdown:
        with open(arguments.markdown, "w", encoding="utf-8") as out:
            out.write("# Beside other scanners of model files\n\n"
                      f"Written by `./dev peers --markdown docs/peers.md` on {datetime.date.today()}: {machine()}.\n\n{table}\n\n{NOTES}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
