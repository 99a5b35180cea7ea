#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cupel and detect-secrets (from PyPI, in .cache/peers) on the same files: time, speed, how many findings.

  peers.py --cupel build/release/bin/cupel PATH...
"""
import argparse
import json
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".cache", "peers")
PEER, VERSION = "detect-secrets", "1.5.0"


def install():
    program = os.path.join(VENV, "bin", PEER)
    if not os.path.isfile(program):
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([os.path.join(VENV, "bin", "pip"), "install", "--quiet", f"{PEER}=={VERSION}"], check=True)
    return program


def timed(command, ok):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in ok:
        sys.exit(f"peers: exit code {done.returncode}: {' '.join(command)}\n{done.stderr.decode(errors='replace')[-500:]}")
    return time.perf_counter() - start, json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cupel", required=True)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    arguments = parser.parse_args()
    peer = install()
    seconds, mine = timed([arguments.cupel, "scan", "-f", "json", "--jobs", "1", *arguments.paths], (0, 1, 4))
    size = sum(entry["bytes"] for entry in mine["artifacts"] if not entry["parent"])
    count = sum(finding["family"] == "secret" for finding in mine["findings"])
    rows = [(f"cupel {mine['tool']['version']}", seconds, count)]
    seconds, theirs = timed([peer, "--cores", "1", "scan", "--all-files", *arguments.paths], (0,))
    rows.append((f"{PEER} {VERSION}", seconds, sum(len(found) for found in theirs["results"].values())))
    print(f"{size / 1e6:.1f} MB in {len(mine['artifacts'])} files, one core")
    for name, seconds, findings in rows:
        print(f"{name:24} {seconds:8.2f} s {size / 1e6 / seconds:9.1f} MB/s {findings:7} secret findings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
