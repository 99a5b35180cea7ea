#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants every claimed credential type at every position of a notebook and counts what `cupel scan` finds.

    planted.py CUPEL [--seed N] [--keep FOLDER] [--missed]

One notebook per position, one cell per credential; a plant counts as found when a secret finding touches its cell and
part. Prints recall per position and for all."""

import argparse
import base64
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.parse
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import credentials  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def lines(text):
    return text.splitlines(keepends=True)


def code(source, outputs=None, metadata=None):
    return {"cell_type": "code", "id": None, "execution_count": 1, "metadata": metadata or {}, "outputs": outputs or [], "source": lines(source)}


def markdown(text):
    return {"cell_type": "markdown", "id": None, "metadata": {}, "source": lines(text)}


def output(data):
    return [{"output_type": "display_data", "metadata": {}, "data": data}]


def stream(name, text):
    return [{"output_type": "stream", "name": name, "text": lines(text)}]


def halves(secret):
    cut = len(secret) // 2
    return secret[:cut], secret[cut:]


def q(text):
    """A Python string literal in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class Plant:
    """A credential with the name it is assigned to and, for patterns, the text that carries it."""

    def __init__(self, row, text, secret):
        self.row, self.text, self.secret = row, text, secret
        self.pattern = "pattern" in row
        # A word with a dot is a host: the name of a variable is made of another one where the row has it.
        words = sorted(row.get("words", ["service"]), key=lambda word: re.fullmatch(r"[0-9A-Za-z_]+", word) is None)
        base = re.sub(r"[^a-z0-9]+", "_", words[0].lower()).strip("_")
        self.name = (base + "_key").upper()

    def line(self):
        """The value with its name, as a configuration line."""
        return self.text if self.pattern else f"{self.name}={self.secret}"

    def assign(self, literal):
        return f"{self.name} = {literal}\n"


def b64(text):
    return base64.b64encode(text.encode()).decode()


def concat(plant, joiner):
    first, second = halves(plant.text)
    return plant.assign(f"({q(first)}{joiner}{q(second)})")


POSITIONS = {
    "code, double quotes": lambda p: code(p.assign(q(p.text))),
    "code, single quotes": lambda p: code(p.assign(repr(p.text))),
    "code, triple quotes": lambda p: code(f'config = """\n{p.line()}\n"""\n'),
    "code, call argument": lambda p: code(f"client = connect({p.name.lower()}={q(p.text)})\n"),
    "code, environment": lambda p: code(f'import os\nos.environ["{p.name}"] = {q(p.text)}\n'),
    "code, comment": lambda p: code("".join(f"# {part}\n" for part in p.line().split("\n"))),
    "%env magic": lambda p: code(f"%env {p.line()}\n"),
    "! shell line": lambda p: code(f"!export {p.line()}\n"),
    "implicit concatenation": lambda p: code(concat(p, "\n    ")),
    "+ concatenation": lambda p: code(concat(p, " + ")),
    "join": lambda p: code(p.assign(f'"".join([{q(halves(p.text)[0])}, {q(halves(p.text)[1])}])')),
    "two names": lambda p: code(f"first = {q(halves(p.text)[0])}\nsecond = {q(halves(p.text)[1])}\n" + p.assign("first + second")),
    "base64": lambda p: code(f"import base64\nvalue = base64.b64decode({q(b64(p.line()))})\n"),
    "base64 twice": lambda p: code(f"value = {q(b64('value=' + b64(p.line())))}\n"),
    "hex": lambda p: code(f"value = bytes.fromhex({q(p.line().encode().hex())})\n"),
    "percent": lambda p: code("value = " + q("".join(f"%{b:02X}" for b in p.line().encode())) + "\n"),
    "zlib in base64": lambda p: code(f"value = {q(base64.b64encode(zlib.compress(p.line().encode())).decode())}\n"),
    "markdown": lambda p: markdown(f"Use this:\n\n{p.line()}\n"),
    "markdown, _emphasis_": lambda p: markdown(f"_Use this: {p.line()}_\n"),
    "markdown, _value_": lambda p: markdown(f"{p.name}: _{p.text}_ and\n"),
    "markdown, __value__": lambda p: markdown(f"{p.name}: __{p.text}__\n"),
    "markdown, **value**": lambda p: markdown(f"{p.name}: **{p.text}**\n"),
    "raw cell": lambda p: {"cell_type": "raw", "id": None, "metadata": {}, "source": lines(p.line())},
    "stdout": lambda p: code("show()", stream("stdout", f"loaded\n{p.line()}\n")),
    "stderr": lambda p: code("show()", stream("stderr", f"warning: {p.line()}\n")),
    "text/plain": lambda p: code("show()", output({"text/plain": lines(p.line())})),
    "HTML table": lambda p: code("show()", output({"text/html": lines(f"<table><tr><td>{p.name}</td>\n<td>{p.line()}</td></tr></table>")})),
    "HTML": lambda p: code("show()", output({"text/html": [f"<div>{p.line()}</div>"]})),
    "SVG": lambda p: code("show()", output({"image/svg+xml": [f"<svg><text>{p.line()}</text></svg>"]})),
    "JavaScript": lambda p: code("show()", output({"application/javascript": [f"var x = '1';\n// {p.line()}\n"]})),
    "JSON": lambda p: code("show()", output({"application/json": {p.name: p.text, "n": 1}})),
    "plotly": lambda p: code("show()", output({"application/vnd.plotly.v1+json": {"data": [{"text": [p.line()], "x": [1, 2]}]}})),
    "traceback": lambda p: code("show()", [{"output_type": "error", "ename": "E", "evalue": "x", "traceback": [f"\u001b[0;31m{p.line()}\u001b[0m", "end"]}]),
    "evalue": lambda p: code("show()", [{"output_type": "error", "ename": "E", "evalue": f"bad {p.line()}", "traceback": []}]),
    "attachment, text": lambda p: {"cell_type": "markdown", "id": None, "metadata": {}, "source": ["x"],
                                   "attachments": {"a.txt": {"text/plain": p.line()}}},
    "attachment, base64": lambda p: {"cell_type": "markdown", "id": None, "metadata": {}, "source": ["x"],
                                     "attachments": {"a.txt": {"text/plain": b64(p.line() + "\n")}}},
    "cell metadata": lambda p: code("show()", [], {"papermill": {p.name.lower(): p.text}}),
}
WHOLE = ["notebook metadata", "widget state", "nbformat 3", "minified", "byte order mark", "\\u escapes", "UTF-16", "source as a string"]


def notebook(cells, metadata=None, minor=5):
    for index, cell in enumerate(cells):
        cell["id"] = f"c{index}"
    return {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": minor}


def escape_all(text):
    """Every letter of the strings' content as a JSON escape."""
    return re.sub(r'"source": \["((?:[^"\\]|\\.)*)"', lambda m: '"source": ["' + "".join(f"\\u{ord(c):04x}" if c.isalnum() else c for c in json.loads('"' + m.group(1) + '"').replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")) + '"', text)


def variant(name, plants):
    cells = [code(p.assign(q(p.text))) for p in plants]
    if name == "notebook metadata":
        return json.dumps(notebook([code("x")], {f"entry_{i}": {p.name.lower(): p.text} for i, p in enumerate(plants)}), indent=1).encode()
    if name == "widget state":
        state = {f"m{i}": {"model_name": "TextModel", "state": {"description": p.name, "value": p.line()}} for i, p in enumerate(plants)}
        return json.dumps(notebook([code("x")], {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": state}}}), indent=1).encode()
    if name == "nbformat 3":
        old = [{"cell_type": "code", "input": cell["source"], "prompt_number": 1, "language": "python", "outputs": [], "metadata": {}} for cell in cells]
        return json.dumps({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": old, "metadata": {}}]}, indent=1).encode()
    if name == "source as a string":
        for cell in cells:
            cell["source"] = "".join(cell["source"])
    text = json.dumps(notebook(cells), indent=None if name == "minified" else 1, separators=(",", ":") if name == "minified" else None)
    if name == "\\u escapes":
        for cell in cells:
            cell["source"] = ["".join(cell["source"])]
        text = escape_all(json.dumps(notebook(cells)))
    if name == "byte order mark":
        return b"\xef\xbb\xbf" + text.encode()
    return text.encode("utf-16") if name == "UTF-16" else text.encode()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("cupel")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep")
    options.add_argument("--missed", action="store_true")
    args = options.parse_args()
    rng = random.Random(args.seed)
    words_file = os.path.join(ROOT, "resources/rules/words/bip39_english.txt")
    plants, unmade = [], []
    for row in credentials.read_rows(os.path.join(ROOT, "resources/rules/secrets")):
        made = credentials.plantable(row, rng, words_file)
        plants.append(Plant(row, *made)) if made else unmade.append(row["id"])
    folder = args.keep or tempfile.mkdtemp(prefix="cupel-planted-")
    os.makedirs(folder, exist_ok=True)
    files = {}
    for number, name in enumerate(list(POSITIONS) + WHOLE):
        path = os.path.join(folder, f"{number:02}.ipynb")
        with open(path, "wb") as file:
            file.write(variant(name, plants) if name in WHOLE else json.dumps(notebook([POSITIONS[name](p) for p in plants]), indent=1).encode())
        files[path] = name
    done = subprocess.run([args.cupel, "scan", "-f", "json", *files], capture_output=True, check=False)
    report = json.loads(done.stdout)
    per_file = collections.defaultdict(list)
    for finding in report["findings"]:
        if finding["family"] == "secret":
            per_file[finding["artifact"]].append(finding)
    total = hits = right = 0
    missed, misnamed = collections.Counter(), collections.Counter()
    for path, name in files.items():
        findings = per_file[path]
        per_plant = collections.defaultdict(set)
        if name in ("notebook metadata", "widget state"):
            with open(path, "rb") as file:
                data = file.read()
            for i, plant in enumerate(plants):
                text = json.dumps(plant.text)[1:-1].encode()
                at = data.find(text)
                per_plant[i].update(f["class"] for f in findings if at >= 0 and f["location"]["start"] < at + len(text)
                                    and f["location"]["end"] > at)
        else:
            for f in findings:
                per_plant[f["location"].get("cell")].add(f["class"])
        got = {i for i, classes in per_plant.items() if classes}
        hit = sum(1 for i in range(len(plants)) if i in got)
        right += sum(1 for i, p in enumerate(plants) if "secret." + p.row["id"] in per_plant[i])
        total += len(plants)
        hits += hit
        for i, plant in enumerate(plants):
            if i in got and "secret." + plant.row["id"] not in per_plant[i]:
                misnamed[f"{plant.row['id']} as {sorted(per_plant[i])[0][7:]}"] += 1
            if i not in got:
                missed[plant.row["id"]] += 1
                if args.missed:
                    print("missed", name, plant.row["id"])
        print(f"{100 * hit / len(plants):6.1f} %  {name}")
    print(f"{len(plants)} types at {len(files)} positions: {hits} of {total} found ({100 * hits / total:.2f} %), with the same type named: {100 * right / total:.1f} %")
    if unmade:
        print("could not be made:", " ".join(unmade))
    print("missed most:", ", ".join(f"{name} {count}" for name, count in missed.most_common(25)))
    print("misnamed most:", ", ".join(f"{name} {count}" for name, count in misnamed.most_common(25)))


if __name__ == "__main__":
    main()
