#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hooks of .pre-commit-hooks.yaml on staged content, run as the pre-commit framework runs them: what is not staged is put
aside, the entry gets the staged files as arguments, a file that the hook changed stops the commit.

  hooks.py --cupel PROGRAM               the test
  hooks.py --cupel PROGRAM --time CELLS  milliseconds of the hook on one staged notebook
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
SKIPPED = 77


def entries():
    """id -> entry, of the hooks file."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    return dict(re.findall(r"^- id: (\S+)$.*?^  entry: ([^\n]+)$", text, re.M | re.S))


def planted():
    """A credential that is put together here: none stands in the sources."""
    return "postgresql://svc:" + "Zq8rT2" + "vLw9xB3k" + "@db.corp.net/x"


def notebook(cells, secret=False):
    made = []
    for i in range(cells):
        source = f"import pandas as pd\nframe_{i} = pd.read_csv('data_{i}.csv')\nprint(frame_{i}.describe())\n"
        if secret and i == 0:
            source += f"db = '{planted()}'\n"
        made.append({"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": i + 1, "source": source,
                     "outputs": [{"output_type": "stream", "name": "stdout", "text": f"mean {i}.5\n" * 20}]})
    return json.dumps({"cells": made, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


class Repository:
    def __init__(self, folder, cupel):
        self.folder = folder
        self.path = os.path.dirname(os.path.abspath(cupel)) + os.pathsep + os.environ["PATH"]
        self.git("init", "-q")

    def run(self, command, stdin=b""):
        environment = {**os.environ, "PATH": self.path, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(command, cwd=self.folder, env=environment, input=stdin, capture_output=True, timeout=120)

    def git(self, *words, stdin=b""):
        done = self.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.hooksPath=/dev/null", *words], stdin)
        if done.returncode != 0:
            sys.exit(f"git {' '.join(words)}: {done.stderr.decode()}")
        return done.stdout

    def write(self, name, text):
        (pathlib.Path(self.folder) / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (pathlib.Path(self.folder) / name).read_text(encoding="utf-8")

    def hook(self, entry):
        """(exit code of the commit's check, files the hook changed, seconds of the entry)"""
        staged = [name for name in self.git("diff", "--staged", "--name-only", "--diff-filter=d", "-z").decode().split("\0") if name]
        aside = self.git("diff", "--ignore-submodules", "--binary", "--no-color", "--no-ext-diff")
        if aside:
            self.git("checkout", "--", ".")
        before = {name: self.read(name) for name in staged}
        start = time.perf_counter()
        done = self.run([*shlex.split(entry), *staged])
        seconds = time.perf_counter() - start
        changed = [name for name in staged if self.read(name) != before[name]]
        if aside and not changed:
            self.git("apply", "--whitespace=nowarn", stdin=aside)
        return (done.returncode or (1 if changed else 0), changed, seconds)


def test(cupel):
    failures = []

    def check(good, text):
        if not good:
            failures.append(text)

    hooks = entries()
    check(set(hooks) == {"cupel-notebook", "cupel-fix"}, f"the hooks are {sorted(hooks)}")
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(folder, cupel)
        repository.write("a b.ipynb", notebook(3))
        repository.git("add", ".")
        code, changed, _ = repository.hook(hooks["cupel-notebook"])
        check((code, changed) == (0, []), "a clean staged notebook is stopped")
        repository.git("commit", "-q", "-m", "clean")

        # Staged with a secret, taken out again without staging that: what would be committed counts.
        repository.write("a b.ipynb", notebook(3, secret=True))
        repository.git("add", ".")
        repository.write("a b.ipynb", notebook(3))
        code, changed, _ = repository.hook(hooks["cupel-notebook"])
        check((code, changed) == (1, []), "a staged secret passes because the file on disk is clean")
        check(repository.read("a b.ipynb") == notebook(3), "what was not staged was lost")

        # The other way round.
        repository.git("add", ".")
        repository.write("a b.ipynb", notebook(4))
        repository.git("add", ".")
        repository.write("a b.ipynb", notebook(4, secret=True))
        code, _, _ = repository.hook(hooks["cupel-notebook"])
        check(code == 0, "a secret that is not staged stops the commit")
        check(planted() in repository.read("a b.ipynb"), "what was not staged was lost")

        # The fixing hook takes it out and stops the commit; the second time there is nothing to do.
        repository.git("add", ".")
        code, changed, _ = repository.hook(hooks["cupel-fix"])
        check(code != 0 and changed == ["a b.ipynb"], "the fixing hook did not change the staged notebook")
        check(planted() not in repository.read("a b.ipynb"), "the secret is still in the file")
        repository.git("add", ".")
        code, changed, _ = repository.hook(hooks["cupel-fix"])
        check((code, changed) == (0, []), f"the fixing hook is not content with its own work ({code}, {changed})")
        code, _, _ = repository.hook(hooks["cupel-notebook"])
        check(code == 0, "the fixed notebook is stopped")

        # Several at once: each is mended, the clean one stays.
        for name, secret in (("b.ipynb", True), ("c.ipynb", True), ("d.ipynb", False)):
            repository.write(name, notebook(2, secret=secret))
        repository.git("add", ".")
        code, changed, _ = repository.hook(hooks["cupel-fix"])
        check(changed == ["b.ipynb", "c.ipynb"], f"of several notebooks the fixing hook changed {changed}")

        # A file that the revision has not is new; a revision that there is not is a slip of the pen.
        repository.write("new.ipynb", notebook(2, secret=True))
        done = repository.run([os.path.abspath(cupel), "diff", "--rev", "HEAD", "new.ipynb"])
        check(done.returncode == 1 and b"new" in done.stdout.lower(), "an untracked notebook is not all new")
        done = repository.run([os.path.abspath(cupel), "diff", "--rev", "nope", "new.ipynb"])
        check(done.returncode == 2 and b"'nope'" in done.stderr, "an unknown revision is no error of usage")
    for failure in failures:
        print(failure)
    print(f"hooks on staged content: {len(failures)} failures")
    return 1 if failures else 0


def measure(cupel, cells):
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(folder, cupel)
        repository.write("n.ipynb", notebook(cells))
        repository.git("add", ".")
        times = sorted(repository.hook(entries()["cupel-notebook"])[2] for _ in range(11))
        print(f"hook on {cells} cells: {times[5] * 1000:.1f} ms")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cupel", required=True)
    parser.add_argument("--time", type=int, metavar="CELLS")
    arguments = parser.parse_args()
    if not shutil.which("git"):
        print("no git: skipped")
        return SKIPPED
    return measure(arguments.cupel, arguments.time) if arguments.time else test(arguments.cupel)


if __name__ == "__main__":
    sys.exit(main())
