#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures we promise, each measured with the command that is printed beside it.

  bench.py --build build/release [NAME...] [--corpus FOLDER] [--markdown FILE]

Without --corpus (or CUPEL_BENCH_CORPUS) on 200 MB of invented notebooks (corpus.py). A figure that misses its goal makes the
exit code 1. Times of one core are CPU times, so that a busy machine does not change them much; the rest are wall times, best of
several runs.
"""
import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

import bench_lineage
import bench_threats
import corpus
import model_inputs

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


# Starts a command from a process of 9 MB: the memory of whoever starts a program counts as that program's, and this one
# makes inputs of many megabytes.
START = """
import os, sys, time
null = os.open(os.devnull, os.O_RDWR)
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
                        file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status))
"""


class Run:
    """One finished command: wall and CPU seconds, peak memory in bytes, exit code."""

    def __init__(self, command, environment=None):
        said = subprocess.run([sys.executable, "-I", "-S", "-c", START, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, **(environment or {})}, check=True).stdout.split()
        self.wall, self.cpu = float(said[0]), float(said[1])
        self.peak, self.code = int(said[2]), int(said[3])
        if self.code not in (0, 1, 4):  # looked at; with findings; not everything could be read
            sys.exit(f"bench: exit code {self.code}: {' '.join(command)}")


class Bench:
    def __init__(self, arguments):
        self.bin = os.path.join(arguments.build, "bin")
        self.cupel = os.path.join(self.bin, "cupel")
        self.work = os.path.join(arguments.build, "bench")
        self.given = arguments.corpus
        self.rows = []
        self.run = Run
        os.makedirs(os.path.join(ROOT, self.work), exist_ok=True)

    def path(self, name):
        return os.path.join(self.work, name)

    def corpus(self):
        if self.given:
            return self.given
        folder = os.path.join(ROOT, self.path("corpus"))
        if not os.path.isdir(folder):
            corpus.write_corpus(folder, 200)
        return self.path("corpus")

    def add(self, what, value, unit, goal, good, command):
        """`good`: None when there is no goal."""
        self.rows.append((what, f"{value} {unit}", goal, {True: "yes", False: "NO", None: ""}[good], command))
        print(f"{what:44} {value:>10} {unit:7} goal {goal:12} {self.rows[-1][3]:4} {command}", flush=True)


def bytes_read(bench, folder):
    """What a scan of the folder looks at: the sizes of the files it lists, members of archives not counted twice."""
    text = subprocess.run([bench.cupel, "scan", folder, "-f", "json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False).stdout
    return sum(entry["bytes"] for entry in json.loads(text)["artifacts"] if not entry["parent"])


def bench_speed(bench):
    folder = bench.corpus()
    size = bytes_read(bench, folder)
    command = [bench.cupel, "scan", folder, "-q", "--jobs", "1"]
    secrets = [*command[:-2], "--family", "secret", *command[-2:]]
    best = min((Run(secrets) for _ in range(3)), key=lambda run: run.cpu)
    rate = size / best.cpu / 1e6
    bench.add("notebooks, secrets only, one core", f"{rate:.0f}", "MB/s", ">= 250 MB/s", rate >= 250, " ".join(secrets))
    best = min((Run(command) for _ in range(3)), key=lambda run: run.cpu)
    rate = size / best.cpu / 1e6
    bench.add("notebooks, every rule, one core", f"{rate:.0f}", "MB/s", ">= 50 MB/s", rate >= 50, " ".join(command))
    bench.add("peak memory on the corpus", f"{best.peak / 1e6:.0f}", "MB", "< 300 MB", best.peak < 300e6, " ".join(command))
    both = [*command[:-1], "2"]
    two = min(Run(both).wall for _ in range(3))
    one = min(Run(command).wall for _ in range(3))
    bench.add("two workers against one", f"{one / two:.2f}", "times", ">= 1.7", one / two >= 1.7 if os.cpu_count() >= 2 else None,
              " ".join(both))


def bench_start(bench):
    path = os.path.join("resources", "samples", "churn", "notebooks", "01-explore-churn.ipynb")
    command = [bench.cupel, "scan", path, "-q"]
    times = sorted(Run(command).wall for _ in range(21))
    bench.add("scan of one notebook, start to end", f"{times[10] * 1000:.1f}", "ms", "<= 30 ms", times[10] <= 0.030, " ".join(command))


def bench_memory(bench):
    path = os.path.join(ROOT, bench.path("large.ipynb"))
    corpus.write_large(path, 500)
    size = os.path.getsize(path)
    command = [bench.cupel, "scan", bench.path("large.ipynb"), "-q"]
    run = Run(command)
    os.remove(path)
    bench.add("peak memory for a notebook of 500 MB", f"{run.peak / size:.2f}", "x file", "<= 1.3", run.peak / size <= 1.3, " ".join(command))
    bench.add("time for a notebook of 500 MB", f"{run.wall:.1f}", "s", "", None, " ".join(command))


def bench_planted(bench):
    command = [sys.executable, "tests/bench/planted.py", bench.cupel]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\((\d+\.\d+) %\)", text)
    types = re.search(r"^(\d+) types at (\d+) positions", text, re.M)
    if not found or not types:
        sys.exit("bench: planted.py closed without its figures")
    rate = float(found.group(1))
    bench.add(f"planted secrets, {types.group(1)} types x {types.group(2)}", f"{rate:.2f}", "%", ">= 98 %", rate >= 98,
              " ".join(["python3", *command[1:]]))


def bench_secrets(bench):
    if not bench.given:
        print("no corpus of public notebooks given: its secret findings were not compared with the judged ones")
        return
    command = [sys.executable, "tests/bench/corpus_secrets.py", bench.cupel, bench.given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rate = re.search(r"(\d+\.\d+) per MB", done.stdout)
    if not rate:
        sys.exit(f"bench: corpus_secrets.py closed without its figure\n{done.stderr[-500:]}")
    print(done.stdout, end="")
    bench.add("certain or likely secrets in public notebooks", rate.group(1), "/MB", "<= 0.1, judged",
              done.returncode == 0 and float(rate.group(1)) <= 0.1, " ".join(["python3", *command[1:]]))


def bench_xss(bench):
    command = [sys.executable, "tests/bench/xss.py", bench.cupel]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^(\d+) payloads in (\d+) places: (\d+) of (\d+) found", text, re.M)
    loud = re.search(r"^(\d+) harmless notebooks: (\d+) findings", text, re.M)
    if not found or not loud:
        sys.exit("bench: xss.py closed without its figures")
    rate = 100 * int(found.group(3)) / int(found.group(4))
    shown = " ".join(["python3", *command[1:]])
    bench.add(f"active payloads, {found.group(1)} x {found.group(2)} places", f"{rate:.2f}", "%", "100 %", rate == 100, shown)
    bench.add(f"loud findings in {loud.group(1)} harmless outputs", loud.group(2), "", "0", loud.group(2) == "0", shown)
def bench_pii(bench):
    """Vectors of another recogniser beside the corpus of notebooks, and the findings and the speed on that corpus."""
    if not bench.given:
        print("no corpus of public notebooks given: personal data was not measured")
        return
    vectors = os.path.join(os.path.dirname(os.path.normpath(bench.given)), "pii", "vectors.jsonl")
    if os.path.isfile(vectors):
        command = [sys.executable, "tests/bench/pii_vectors.py", bench.cupel, vectors]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        rate = re.search(r"\((\d+\.\d+) %\)", done.stdout)
        print(done.stdout, end="")
        bench.add("vectors of personal data, alone or labelled", rate.group(1), "%", ">= 97 %", float(rate.group(1)) >= 97,
                  " ".join(["python3", *command[1:]]))
    command = [bench.cupel, "scan", "-f", "json", bench.given]
    findings = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout)["findings"]
    only = [f for f in findings if f["family"] == "pii" and f["confidence"] == "possible"
            and any(e["role"] == "check" and "check digits are right" in e["excerpt"] for e in f["evidence"])
            and not any(e["role"] == "context" for e in f["evidence"])]
    bench.add("personal data by checksum alone, public notebooks", len(only), "found", "<= 200", len(only) <= 200, " ".join(command))
    program = os.path.join(os.path.dirname(bench.bin), "tests", "pii_bench")
    if os.path.isfile(os.path.join(ROOT, program)):
        runs = [subprocess.run([program, bench.given], cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(5)]
        best = max(int(re.search(r"(\d+) MB/s", text).group(1)) for text in runs)
        bench.add("personal data, one core", best, "MB/s", ">= 100 MB/s", best >= 100, f"{program} {bench.given}")
def code_corpus(bench):
    """The labelled lines, beside the corpus of notebooks; None when they are not there."""
    folder = os.path.join(os.path.dirname(os.path.abspath(bench.given)), "code") if bench.given else ""
    return folder if os.path.isfile(os.path.join(folder, "vectors.jsonl")) else None


def bench_code(bench):
    command = [sys.executable, "tests/bench/evasion.py", bench.cupel]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rate = re.search(r"\((\d+\.\d+) %\)\n?$", done.stdout)
    if not rate:
        sys.exit(f"bench: evasion.py closed without its figure\n{done.stderr[-500:]}")
    bench.add("hidden secrets and calls found", rate.group(1), "%", ">= 98 %", float(rate.group(1)) >= 98, " ".join(["python3", *command[1:]]))
    folder = code_corpus(bench)
    if not folder:
        print("no labelled lines of code given: the agreement of the code rules was not measured")
        return
    command = [sys.executable, "tests/bench/code_vectors.py", bench.cupel, folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, end="")
    rate = re.search(r"\((\d+\.\d+) %\)", done.stdout)
    bench.add("agreement with labelled lines of code", rate.group(1), "%", ">= 95 %", float(rate.group(1)) >= 95, " ".join(["python3", *command[1:]]))
    command = [sys.executable, "tests/bench/code_magics.py", bench.cupel, bench.given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, end="")
    lost = re.search(r"lost \((\d+\.\d+) %\)", done.stdout)
    bench.add("notebooks whose code is lost to magics", lost.group(1), "%", "0 %", float(lost.group(1)) == 0, " ".join(["python3", *command[1:]]))


def bench_fixes(bench):
    """Fixes and fingerprints on real notebooks."""
    if not bench.given:
        print("no corpus of public notebooks given: fixes and fingerprints were not measured")
        return
    command = [sys.executable, "tests/bench/fixes.py", bench.cupel, bench.given, "--count", "500", "--seed", "11"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = re.search(r"fixes: (\d+) of (\d+) notebooks", done.stdout)
    if not counts:
        sys.exit(f"bench: fixes.py closed without its figure\n{done.stderr[-500:]}")
    print(done.stdout, end="")
    bench.add(f"fixes that hold, of {counts.group(2)} notebooks", counts.group(1), "", "all, >= 500",
              counts.group(1) == counts.group(2) and int(counts.group(2)) >= 500, " ".join(["python3", *command[1:]]))
    command = [sys.executable, "tests/bench/fingerprints.py", bench.cupel, bench.given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rate = re.search(r"\((\d+\.\d+) %\) kept", done.stdout)
    if not rate:
        sys.exit(f"bench: fingerprints.py closed without its figure\n{done.stderr[-500:]}")
    print(done.stdout, end="")
    bench.add("findings that keep their fingerprint, 20 edits", rate.group(1), "%", ">= 99 %", float(rate.group(1)) >= 99,
              " ".join(["python3", *command[1:]]))


def bench_pdf(bench):
    workbench = os.path.join(bench.bin, "cupel-workbench")
    if not os.path.isfile(os.path.join(ROOT, workbench)):
        print("no workbench in this build: the PDF was not measured")
        return
    corpus.write_findings(os.path.join(ROOT, bench.path("findings")), 500)
    command = [workbench, "--export", bench.path("audit.pdf"), bench.path("findings")]
    best = min(Run(command, {"QT_QPA_PLATFORM": "offscreen"}).wall for _ in range(3))
    bench.add("PDF of 500 findings, scan included", f"{best:.2f}", "s", "< 2 s", best < 2, " ".join(command))


def bench_window(bench):
    """The workbench offscreen: window_bench prints the figures, here are their goals."""
    program = os.path.join(os.path.dirname(bench.bin), "tests", "window_bench")
    if not os.path.isfile(os.path.join(ROOT, program)):
        print("no window_bench in this build: the window was not measured")
        return
    goals = {"start": ("start to a usable window", 300), "open_1mb": ("open a notebook of 1 MB, findings shown", 100),
             "open_500_cells": ("open 500 cells, first finding shown", 200),
             "save_500_cells": ("from a save on disk to the new finding, 500 cells", 1000),
             "open_2000_cells": ("open 2,000 cells, findings shown", None), "scroll_median": ("frame while scrolling 2,000 cells, median", 16.6),
             "scroll_p99": ("frame while scrolling 2,000 cells, 99 %", 16.6), "longest_turn": ("longest turn of the event loop", 50),
             "decide_5000": ("longest turn while 5,000 findings are decided and taken back", 50),
             "cancel": ("cancel of a scan", 200)}
    runs = []
    for _ in range(5):
        text = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=True,
                              env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout
        runs.append({line.split()[0]: float(line.split()[1]) for line in text.splitlines() if len(line.split()) == 3})
    for name, (what, goal) in goals.items():
        values = sorted(run[name] for run in runs if name in run)
        if values:
            middle = values[len(values) // 2]
            bench.add(what, f"{middle:.1f}", "ms", f"< {goal} ms" if goal else "", middle < goal if goal else None, program)


def bench_hook(bench):
    command = [sys.executable, "tests/golden/cli/hooks.py", "--cupel", bench.cupel, "--time", "50"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+\.\d+) ms", done.stdout)
    if not found:
        print("no git: the hook was not measured")
        return
    bench.add("pre-commit hook, a notebook of 50 cells", found.group(1), "ms", "< 300 ms", float(found.group(1)) < 300,
              " ".join(["python3", *command[1:]]))


def bench_rescan(bench):
    program = os.path.join(os.path.dirname(bench.bin), "tests", "rescan_bench")
    if not os.path.isfile(os.path.join(ROOT, program)):
        print("no rescan_bench in this build: scanning again was not measured")
        return
    text = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    again = float(re.search(r"again (\d+\.\d+) ms", text).group(1))
    bench.add("scan again after an edit, 500 cells", again, "ms", "<= 30 ms", again <= 30, program)


def bench_kill(bench):
    workbench = os.path.join(bench.bin, "cupel-workbench")
    command = [sys.executable, "tests/bench/kill_window.py", workbench]
    if not os.path.isfile(os.path.join(ROOT, workbench)):
        print("no workbench in this build: it was not killed")
        return
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="")
    counts = re.search(r"(\d+) kills .*, (\d+) problems", done.stdout)
    if done.returncode == 77:
        return
    if not counts:
        sys.exit("bench: kill_window.py closed without its figure")
    bench.add(f"kill -9 of the window, {counts.group(1)} times", counts.group(2), "lost", "0", counts.group(2) == "0",
              " ".join(["python3", *command[1:]]))


def add_scan(bench, what, command, size, least):
    """Two rows of one scan: how fast, and in how much memory."""
    runs = [Run(command) for _ in range(5)]
    best = min(run.wall for run in runs)
    peak = max(run.peak for run in runs)
    shown = " ".join(command)
    if least:
        rate = size / best / 1e6
        bench.add(what, f"{rate:.0f}", "MB/s", f">= {least} MB/s", rate >= least, shown)
    else:
        bench.add(what, f"{best * 1000:.0f}", "ms", "", None, shown)
    bench.add(f"{what}: memory", f"{peak / 2**20:.0f}", "MiB", "<= 64 MiB", peak <= 64 << 20, shown)


def bench_models(bench):
    """Models as they are scanned and converted: small, dense, of many members, huge. The inputs are invented and go again."""
    with tempfile.TemporaryDirectory(prefix="cupel-bench-") as folder:
        def at(name):
            return os.path.join(folder, name)

        model_inputs.small(at("small.pkl"))
        command = [bench.cupel, "scan", "-q", at("small.pkl")]
        times = sorted(Run(command).wall for _ in range(41))
        bench.add("one small pickle, start to end", f"{times[20] * 1000:.1f}", "ms", "<= 5 ms", times[20] <= 0.005, " ".join(command))
        for kind in model_inputs.KINDS:
            path = at(f"{kind}.pkl")
            model_inputs.dense(path, kind)
            add_scan(bench, f"dense pickle, {model_inputs.KINDS[kind][0]}", [bench.cupel, "scan", "-q", path],
                     os.path.getsize(path), 300)
            os.remove(path)
        for name, make, what, flags in model_inputs.OTHERS:
            make(at(name))
            add_scan(bench, what, [bench.cupel, "scan", "-q", *flags, at(name)], 0, None)
            os.remove(at(name))
        model_inputs.checkpoint(at("model.pt"), 2 << 30, False)
        convert(bench, at("model.pt"), at("copy"), at("model.safetensors"))


def convert(bench, source, copy, target):
    """Copy and conversion in turn, from and to the system's cache: both are as quick as memory and disk are at that time."""
    plain, made = ["cp", source, copy], [bench.cupel, "convert", source, "--out", target]
    copies, conversions = [], []
    for _ in range(5):
        for command, runs, written in ((plain, copies, copy), (made, conversions, target)):
            runs.append(Run(command))
            os.remove(written)
    share = 100 * min(run.wall for run in copies) / min(run.wall for run in conversions)
    shown = " ".join(made)
    bench.add("convert of 2 GiB against cp", f"{share:.0f}", "%", ">= 60 %", share >= 60, shown)
    peak = max(run.peak for run in conversions)
    bench.add("convert of 2 GiB: memory", f"{peak / 2**20:.0f}", "MiB", "<= 64 MiB", peak <= 64 << 20, shown)


BENCHES = {"window": bench_window, "speed": bench_speed, "start": bench_start, "memory": bench_memory, "planted": bench_planted,
           "secrets": bench_secrets, "pii": bench_pii, "code": bench_code, "xss": bench_xss, "fixes": bench_fixes,
           "pdf": bench_pdf, "rescan": bench_rescan, "models": bench_models,
           "hook": bench_hook, "lineage": bench_lineage.bench_lineage, "threats": bench_threats.bench_threats, "kill": bench_kill}


def machine():
    model = "unknown processor"
    if os.path.isfile("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            model = next((line.split(":", 1)[1].strip() for line in stream if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def write_markdown(path, rows):
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("# Measured figures\n\nWritten by `./dev bench --markdown docs/figures.md` on "
                     f"{time.strftime('%Y-%m-%d', time.gmtime())}: {machine()}, preset release.\n\n"
                     "| what | measured | goal | reached | command |\n|---|---|---|---|---|\n")
        for what, value, goal, reached, command in rows:
            stream.write(f"| {what} | {value} | {goal} | {reached.lower()} | `{command}` |\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--corpus", default=os.environ.get("CUPEL_BENCH_CORPUS"))
    parser.add_argument("--markdown", metavar="FILE")
    parser.add_argument("--clean", action="store_true", help="make the invented files again")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in BENCHES]
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    bench = Bench(arguments)
    if arguments.clean:
        shutil.rmtree(os.path.join(ROOT, bench.work), ignore_errors=True)
        os.makedirs(os.path.join(ROOT, bench.work))
    print(machine())
    for name in arguments.names or BENCHES:
        BENCHES[name](bench)
    if arguments.markdown:
        write_markdown(os.path.join(ROOT, arguments.markdown), bench.rows)
    missed = sum(row[3] == "NO" for row in bench.rows)
    print(f"{len(bench.rows)} figures, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
