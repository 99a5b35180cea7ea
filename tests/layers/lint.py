#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that judges the text of the tree: formatter, clang-tidy, layers, house rules, shellcheck.

  lint.py --compile-commands build/dev [--all] [FILE...]

Without --all and without files: the files that differ from origin/main (or main), committed or not.
"""
import argparse
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.dirname(os.path.abspath(__file__))
CODE = (".cpp", ".h")


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else None


def changed_files():
    for base in ("origin/main", "main"):
        fork = git("merge-base", "HEAD", base)
        if fork:
            return sorted(set(git("diff", "--name-only", "--diff-filter=d", fork[0]) or [])
                          | set(git("ls-files", "--others", "--exclude-standard") or []))
    return None


def all_files():
    return git("ls-files", "--cached", "--others", "--exclude-standard") or []


def first_of(names):
    for name in names:
        if subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True).returncode == 0:
            return name
    sys.exit(f"lint: none of these is installed: {', '.join(names)}")


class Lint:
    def __init__(self):
        self.failed = []

    def run(self, name, command, quiet=False):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            self.failed.append(name)
        output = (done.stdout + ("" if quiet else done.stderr)).strip()
        print(f"{'FAIL' if done.returncode else 'ok  '} {name}", flush=True)
        if output and (done.returncode or not quiet):
            print("     " + output.replace("\n", "\n     "), flush=True)


def tidy(lint, build, files):
    with open(os.path.join(ROOT, build, "compile_commands.json"), encoding="utf-8") as stream:
        known = {os.path.relpath(entry["file"], ROOT) for entry in json.load(stream)}
    files = [path for path in files if path in known]
    for start in range(0, len(files), 8):  # small batches: a first answer soon, and no command line too long
        part = files[start:start + 8]
        lint.run(f"clang-tidy {' '.join(part)}",
                 [first_of(["clang-tidy-19", "clang-tidy"]), "--quiet", "--warnings-as-errors=*", "-p", build, *part], quiet=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compile-commands", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    files = arguments.files or (None if arguments.all else changed_files())
    if files is None:
        files = all_files()
    files = [path for path in files if os.path.isfile(os.path.join(ROOT, path))]
    code = [path for path in files if path.endswith(CODE)]
    lint = Lint()
    if code:
        lint.run(f"format ({len(code)} files)", [first_of(["clang-format-19", "clang-format"]), "--dry-run", "--Werror", *code])
    lint.run("layers", [sys.executable, os.path.join(HERE, "layers.py")])
    lint.run("house rules", [sys.executable, os.path.join(HERE, "house_rules.py")])
    lint.run("shellcheck", [first_of(["shellcheck"]), "dev", ".ci/run"])
    tidy(lint, arguments.compile_commands, [path for path in code if path.endswith(".cpp")])
    print(f"lint: {len(files)} files, {len(lint.failed)} failed" + "".join(f"\n  {name}" for name in lint.failed))
    return 1 if lint.failed else 0


if __name__ == "__main__":
    sys.exit(main())
