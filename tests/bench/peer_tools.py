# SPDX-License-Identifier: GPL-3.0-or-later
"""The other scanners of model files: where they are installed, how each is called, what each calls a finding.

All of them only read. Each run gets a home and a working folder of its own, and programs that would report home are told not to.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "cupel", "peers")
QUIET = {"PROMPTFOO_DISABLE_TELEMETRY": "1", "NO_ANALYTICS": "1", "DO_NOT_TRACK": "1", "PYTHONDONTWRITEBYTECODE": "1",
         "HF_HUB_OFFLINE": "1"}

# What a run says of a file. ALARM: a finding >= high. WEAK: something less. UNREAD: not supported, skipped, or could not be read.
ALARM, WEAK, CLEAN, UNREAD, CRASH, TIMEOUT = "alarm", "weak", "clean", "unread", "crash", "timeout"


def install(requirements):
    """The environment with exactly these versions, outside the tree; made anew when the list changes."""
    with open(os.path.join(HERE, requirements), encoding="utf-8") as lines:
        wanted = lines.read()
    folder = os.path.join(CACHE, os.path.splitext(requirements)[0])
    mark = os.path.join(folder, "installed.txt")
    if not os.path.isfile(mark) or open(mark, encoding="utf-8").read() != wanted:
        print(f"installing {requirements} into {folder}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([os.path.join(folder, "bin", "pip"), "install", "--quiet", "--no-deps", "-r",
                        os.path.join(HERE, requirements)], check=True)
        # Compiled beforehand, so that the first measured start is like every other.
        subprocess.run([os.path.join(folder, "bin", "python"), "-m", "compileall", "-q", folder], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        with open(mark, "w", encoding="utf-8") as out:
            out.write(wanted)
    return os.path.join(folder, "bin")


class Run:
    """One finished command: CPU seconds, peak memory in bytes, exit code (None: stopped after `limit` seconds), what it printed."""

    def __init__(self, command, scratch, limit, folder=None):
        out, err = os.path.join(scratch, "stdout"), os.path.join(scratch, "stderr")
        told = subprocess.run([sys.executable, "-I", "-S", os.path.join(HERE, "peer_child.py"), str(limit), out, err, *command],
                              cwd=folder or scratch, env={**os.environ, **QUIET, "HOME": scratch}, stdout=subprocess.PIPE, check=True)
        seconds, peak, code = told.stdout.decode().split()
        self.seconds, self.peak, self.code = float(seconds), int(peak), None if code == "late" else int(code)
        with open(out, encoding="utf-8", errors="replace") as text:
            self.out = text.read()
        with open(err, encoding="utf-8", errors="replace") as text:
            self.err = text.read()


def whole(text):
    """The JSON object in a text, or None."""
    try:
        return json.loads(text[text.index("{"):])
    except ValueError:
        return None


def every(text):
    """All JSON objects of a text, one after another."""
    found = []
    at = text.find("{")
    while at >= 0:
        one, at = json.JSONDecoder().raw_decode(text, at)
        found.append(one)
        at = text.find("{", at)
    return found


def picklescan(run, _):
    def count(what):
        found = re.search(what + r": (\d+)", run.out)
        return int(found.group(1)) if found else 0

    if count("Dangerous globals"):
        return ALARM
    if count("Suspicious globals"):
        return WEAK
    if run.code == 2 or not count("Scanned files") or "could not parse" in run.err + run.out or "ERROR" in run.err + run.out:
        return UNREAD if run.code in (0, 2) else CRASH
    return CLEAN


def modelscan(run, output):
    try:
        document = whole(open(output, encoding="utf-8").read())
    except OSError:
        document = None
    if document is None:
        return CRASH
    found = document["summary"]["total_issues_by_severity"]
    if found["HIGH"] + found["CRITICAL"]:
        return ALARM
    if found["MEDIUM"] + found["LOW"]:
        return WEAK
    return UNREAD if document["errors"] or not document["summary"]["scanned"].get("total_scanned") else CLEAN


def fickling(run, output):
    """It writes an object for each pickle of a file, and none when it fails over one."""
    try:
        documents = every(open(output, encoding="utf-8").read())
    except (OSError, ValueError):
        documents = []
    if not documents:
        return UNREAD if run.code == 2 else CRASH
    verdicts = []
    for document in documents:
        if document["severity"] in ("LIKELY_UNSAFE", "LIKELY_OVERTLY_MALICIOUS", "OVERTLY_MALICIOUS"):
            # It calls everything unsafe that it cannot parse; that is not knowing what is in the file.
            verdicts.append(ALARM if document["detailed_results"] else UNREAD)
        else:
            verdicts.append(CLEAN if document["severity"] == "LIKELY_SAFE" else WEAK)
    return next(verdict for verdict in (ALARM, WEAK, UNREAD, CLEAN) if verdict in verdicts)


def modelaudit(run, output, path=None):
    """With `path`, what is said of that one of several files."""
    try:
        document = whole(open(output, encoding="utf-8").read())
    except OSError:
        document = None
    if document is None:
        return CRASH
    found = {issue["severity"] for issue in document["issues"] if path is None or (issue.get("location") or "").startswith(path)}
    if "critical" in found:
        return ALARM
    if "warning" in found:
        return WEAK
    types = {asset["type"] for asset in document["assets"] if path is None or asset["path"] == path}
    failed = run.code not in (0, 1) if path is None else any(
        check["status"] == "failed" and (check.get("location") or "").startswith(path) for check in document["checks"])
    return UNREAD if failed or not types - {"unknown"} else CLEAN


def cupel(run, output):
    try:
        document = whole(open(output, encoding="utf-8").read())
    except OSError:
        document = None
    if document is None:
        return CRASH
    found = {finding["severity"] for finding in document["findings"]}
    if found & {"high", "critical"}:
        return ALARM
    if "medium" in found:
        return WEAK
    return CLEAN if all(entry["status"] == "complete" for entry in document["artifacts"]) else UNREAD


class Tool:
    """A scanner: `command` with FILE and OUT in it, and the function that reads what it says."""

    def __init__(self, name, version, command, reads, many=False):
        """`many`: takes several files at once, and starts so slowly that the corpus is handed over in groups."""
        self.name, self.version, self.command, self.reads, self.many = name, version, command, reads, many

    def run(self, path, limit=120):
        """(verdict, Run)"""
        with tempfile.TemporaryDirectory() as scratch:
            output = os.path.join(scratch, "verdict.json")
            command = [path if word == "FILE" else word.replace("OUT", output) for word in self.command]
            done = Run(command, scratch, limit)
            if done.code is None:
                return TIMEOUT, done
            try:
                verdict = self.reads(done, output)
            except (KeyError, TypeError):
                verdict = CRASH
            return (CRASH if done.code < 0 and verdict != ALARM else verdict), done

    def run_many(self, paths, limit=120):
        """Verdicts of several files; each by itself when the group did not come through."""
        with tempfile.TemporaryDirectory() as scratch:
            output = os.path.join(scratch, "verdict.json")
            words = [[path for path in paths] if word == "FILE" else [word.replace("OUT", output)] for word in self.command]
            done = Run([word for group in words for word in group], scratch, limit)
            verdicts = [self.reads(done, output, path) for path in paths] if done.code in (0, 1, 2) else [CRASH]
        return [self.run(path, limit)[0] for path in paths] if CRASH in verdicts else verdicts


def tools(cupel_path):
    folder = install("peers-models.txt")

    def at(name):
        return os.path.join(folder, name)

    with open(os.path.join(HERE, "peers-models.txt"), encoding="utf-8") as lines:
        versions = dict(line.strip().lower().split("==") for line in lines if "==" in line)
    mine = subprocess.run([cupel_path, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().split()[1]
    return [
        Tool("cupel", mine, [cupel_path, "scan", "-q", "FILE", "-o", "json=OUT"], cupel),
        Tool("picklescan", versions["picklescan"], [at("picklescan"), "-p", "FILE"], picklescan),
        Tool("modelscan", versions["modelscan"], [at("modelscan"), "-p", "FILE", "-r", "json", "-o", "OUT"], modelscan),
        Tool("fickling", versions["fickling"], [at("fickling"), "--check-safety", "--json-output", "OUT", "FILE"], fickling),
        Tool("modelaudit", versions["modelaudit"], [at("modelaudit"), "scan", "--no-cache", "-f", "json", "-o", "OUT", "FILE"],
             modelaudit, many=True),
    ]
