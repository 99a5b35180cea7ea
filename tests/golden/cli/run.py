#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the command line's golden cases.

A case is a folder with a file `case` of "key: value" lines:

    run: cupel scan -f json a.ipynb     the command (shell words); runs in an empty folder with the files of input/
    exit: 4                             the exit code it must end with
    stdin: FILE | hold                  the standard input: a file of input/, or a pipe that nobody writes to
    env: NAME=VALUE                     an environment variable more
    mkdir, symlink (TARGET LINK), zip (ARCHIVE FILE...), copy (FROM TO), truncate (FILE BYTES)
                                        prepare what a repository cannot hold
    interrupt: SECONDS                  send SIGINT after that time
    stdout: close                       nobody reads the standard output
    show: FILE                          a file the command writes; its content is compared too

Beside it stand `stdout`, `stderr` (when it is not empty) and the shown files as they must be. Versions are written as
@VERSION@ and @RULES@, the number of rules as @COUNT@. CUPEL_UPDATE_GOLDEN=1 writes the files instead of comparing them.
"""

import argparse
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile


def read_case(folder):
    entries = []
    for line in (folder / "case").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, value = line.partition(":")
            entries.append((key.strip(), value.strip()))
    return entries


def prepare(entries, folder, work):
    if (folder / "input").is_dir():
        shutil.copytree(folder / "input", work, dirs_exist_ok=True, symlinks=True)
    for key, value in entries:
        words = shlex.split(value)
        if key == "mkdir":
            (work / words[0]).mkdir(parents=True)
        elif key == "symlink":
            os.symlink(words[0], work / words[1])
        elif key == "copy":
            shutil.copy(work / words[0], os.fsencode(str(work)) + b"/" + words[1].encode().decode("unicode_escape").encode("latin-1"))
        elif key == "truncate":
            os.truncate(work / words[0], int(words[1]))
        elif key == "zip":
            with zipfile.ZipFile(work / words[0], "w", zipfile.ZIP_DEFLATED) as archive:
                for name in words[1:]:
                    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                    archive.writestr(info, (work / name).read_bytes(), zipfile.ZIP_DEFLATED)
            for name in words[1:]:
                (work / name).unlink()


def execute(entries, work, cupel):
    values = dict(entries)
    command = [cupel if word == "cupel" else word for word in shlex.split(values["run"])]
    env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    env.update(value.split("=", 1) for key, value in entries if key == "env")
    # Sanitizers keep their options.
    env.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
    stdin = values.get("stdin")
    hold = stdin == "hold"
    source = subprocess.PIPE if hold else (work / stdin).open("rb") if stdin else subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=work, env=env, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if values.get("stdout") == "close":
        process.stdout.close()
        process.stdout = None
    if "interrupt" in values:
        try:
            process.wait(float(values["interrupt"]))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
    elif hold:
        process.stdin.close()
        process.stdin = None
    try:
        # communicate() would close a held standard input, which ends it.
        if hold and process.stdin:
            process.wait(30)
            process.stdin.close()
            process.stdin = None
        out, err = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return -1, out or b"", b"timed out\n" + err
    return process.returncode, out or b"", err


def versions(cupel):
    return json.loads(subprocess.run([cupel, "--version", "--json"], capture_output=True, check=True).stdout)


def neutral(data, version):
    data = data.replace(b'"rules": "%s"' % version["rules"].encode(), b'"rules": "@RULES@"')
    for key in (b"version", b"semanticVersion"):
        data = data.replace(b'"%s": "%s"' % (key, version["version"].encode()), b'"%s": "@VERSION@"' % key)
    data = data.replace(b"version " + version["rules"].encode(), b"version @RULES@")
    data = re.sub(rb"of \d+, version @RULES@", b"of @COUNT@, version @RULES@", data)
    data = data.replace(b"urn:cupel:" + version["version"].encode(), b"urn:cupel:@VERSION@")
    return data.replace(b"cupel " + version["version"].encode(), b"cupel @VERSION@")


def compare(path, got, update):
    if update:
        if got:
            path.write_bytes(got)
        elif path.exists():
            path.unlink()
        return []
    expected = path.read_bytes() if path.exists() else b""
    if expected == got:
        return []
    lines = [data.decode("utf-8", "backslashreplace").splitlines() for data in (expected, got)]
    return list(difflib.unified_diff(*lines, f"{path.name} expected", f"{path.name} now", lineterm=""))


def run_case(folder, cupel, version, update):
    entries = read_case(folder)
    values = dict(entries)
    with tempfile.TemporaryDirectory(prefix="cupel-golden-") as name:
        work = pathlib.Path(name)
        prepare(entries, folder, work)
        code, out, err = execute(entries, work, cupel)
        problems = []
        if code != int(values["exit"]):
            problems.append(f"exit code {code}, expected {values['exit']}")
        problems += compare(folder / "stdout", neutral(out, version), update)
        problems += compare(folder / "stderr", neutral(err, version), update)
        for key, value in entries:
            if key == "show":
                shown = work / value
                data = shown.read_bytes() if shown.exists() else b""
                problems += compare(folder / value, neutral(data, version), update)
        left = [path.name for path in work.iterdir() if path.name.startswith(".cupel-")]
        if left:
            problems.append(f"temporary files left: {left}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cupel", required=True)
    parser.add_argument("names", nargs="*", help="only these cases")
    arguments = parser.parse_args()
    cupel = str(pathlib.Path(arguments.cupel).resolve())
    update = bool(os.environ.get("CUPEL_UPDATE_GOLDEN"))
    version = versions(cupel)
    folders = sorted(path.parent for path in pathlib.Path(__file__).parent.glob("*/case"))
    failed = 0
    for folder in folders:
        if arguments.names and folder.name not in arguments.names:
            continue
        problems = run_case(folder, cupel, version, update)
        if problems:
            failed += 1
            print(f"FAILED {folder.name}")
            print("\n".join("    " + line for line in problems))
    print(f"{len(folders)} cases, {failed} failed{', files written' if update else ''}")
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
