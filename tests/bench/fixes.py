#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants values that must not be shared into real notebooks, fixes them, and checks what a fix promises.

    fixes.py CUPEL FOLDER [--count N] [--seed N] [--keep FOLDER]

Each notebook of FOLDER gets one to six values: in code, Markdown, a stream, text, HTML, a traceback, metadata. Then `cupel fix
--out` runs, and: the value is nowhere in the copy; a new scan finds nothing that the fix claims gone; every byte outside the listed
changes is the same; the copy is valid JSON of the same structure (and valid by nbformat where Python has it); undoing the changes gives the original back."""

import argparse
import html
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import credentials  # noqa: E402
import planted  # noqa: E402

try:
    import nbformat
except ImportError:  # then the structure has to do
    nbformat = None

ROOT = planted.ROOT


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell.get("cell_type") == "code" and isinstance(cell.get("outputs"), list)]


def put_source(rng, notebook, plant):
    cell = rng.choice(notebook["cells"])
    text = "".join(cell["source"]) if isinstance(cell["source"], list) else cell["source"]
    if text.startswith("%%"):
        return False
    added = plant.line() if plant.pattern or cell["cell_type"] != "code" else plant.assign(planted.q(plant.secret)).rstrip()
    text = text + ("\n" if text and not text.endswith("\n") else "") + added + "\n"
    cell["source"] = planted.lines(text) if isinstance(cell["source"], list) else text
    return True


def put_output(rng, notebook, plant):
    cells = code_cells(notebook)
    if not cells:
        return False
    text = plant.line()
    kinds = [planted.stream("stdout", text + "\n"), planted.output({"text/plain": planted.lines("'" + text + "'")}),
             planted.output({"text/html": ["<div><p>" + html.escape(text, quote=False) + "</p></div>"]}),
             [{"output_type": "error", "ename": "ValueError", "evalue": text, "traceback": ["x", text]}]]
    rng.choice(cells)["outputs"] += rng.choice(kinds)
    return True


def put_metadata(rng, notebook, plant):
    notebook["metadata"].setdefault("planted", {})["note%d" % rng.randrange(1000)] = plant.line()
    return True


def scan(cupel, path):
    text = subprocess.run([cupel, "scan", path, "-f", "json"], stdout=subprocess.PIPE, check=False).stdout
    return json.loads(text)


def found(cupel, path, secrets):
    """Those that stand in the file as written and lie in a finding wherever they stand."""
    data = open(path, "rb").read()
    places = [(finding["location"]["start"], finding["location"]["end"]) for finding in scan(cupel, path)["findings"]]
    places += [(item["location"]["start"], item["location"]["end"]) for finding in scan(cupel, path)["findings"]
               for item in finding["evidence"] if item["location"]]
    good = []
    for secret in secrets:
        text = json.dumps(secret, ensure_ascii=False)[1:-1].encode()
        starts, at = [], data.find(text)
        while at >= 0:
            starts.append(at)
            at = data.find(text, at + 1)
        if starts and all(any(start <= at and at + len(text) <= end for start, end in places) for at in starts):
            good.append(secret)
    return good


def shape(value):
    """Types and keys, without the values."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return "strings" if value and all(isinstance(item, str) for item in value) else [shape(item) for item in value]
    return type(value).__name__


def valid(notebook):
    try:
        nbformat.validate(nbformat.from_dict(notebook))
    except nbformat.ValidationError:
        return False
    return True


def check(cupel, path, out, secrets):
    run = subprocess.run([cupel, "fix", path, "--out", out, "-f", "json", "--fail-on", "never"], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 4) or not os.path.isfile(out):
        return "exit code %d" % run.returncode
    result = json.loads(run.stdout)
    before, after = (open(name, "rb").read() for name in (path, out))
    for secret in secrets:
        if json.dumps(secret)[1:-1].encode() in after or secret.encode() in after:
            return "a value is still there"
    rebuilt, at, undone, place = b"", 0, b"", 0
    for change in result["changes"]:
        text = change["text"].encode()
        rebuilt += before[at:change["start"]] + text
        start = len(rebuilt) - len(text)
        undone += after[place:start] + before[change["start"]:change["end"]]
        at, place = change["end"], start + len(text)
    rebuilt += before[at:]
    undone += after[place:]
    if rebuilt != after:
        return "bytes outside the changes differ"
    if undone != before:
        return "undo does not give the original back"
    old, new = json.loads(before), json.loads(after)
    dropped = any(edit["on"] and edit["kind"] in ("drop-output", "remove-metadata", "remove-widget-state") for edit in result["edits"])
    if not dropped and shape(old) != shape(new):
        return "the structure changed"
    if nbformat and valid(old) and not valid(new):
        return "the copy is no valid notebook"
    # A value that only may be somebody's is left unless it is asked for, and said to be left: by its fingerprint.
    asked = {edit["fingerprint"] for edit in result["edits"] if not edit["on"]}
    left = [finding for finding in scan(cupel, out)["findings"]
            if finding.get("fix", {}).get("kind") == "redact" and finding["fingerprint"] not in asked]
    return "the copy still has: " + ", ".join(finding["rule"] for finding in left) if left else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cupel")
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder for the notebooks that failed")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    words = os.path.join(ROOT, "resources", "rules", "words", "bip39_english.txt")
    made = ((row, credentials.plantable(row, rng, words))
            for row in credentials.read_rows(os.path.join(ROOT, "resources", "rules", "secrets")))
    plants = [planted.Plant(row, *plant) for row, plant in made if plant]
    names = sorted(os.path.join(folder, name) for folder, _, files in os.walk(arguments.folder) for name in files
                   if name.endswith(".ipynb"))
    rng.shuffle(names)
    done, good, values, failures = 0, 0, 0, []
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            if done == arguments.count:
                break
            try:
                notebook = json.load(open(name, encoding="utf-8"))
            except (ValueError, UnicodeDecodeError):
                continue
            if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not notebook.get("cells"):
                continue
            if not all(isinstance(cell, dict) and "source" in cell for cell in notebook["cells"]):
                continue
            notebook.setdefault("metadata", {})
            wanted = []
            for _ in range(rng.randrange(1, 7)):
                plant = rng.choice(plants)
                if rng.choice([put_source, put_source, put_output, put_output, put_metadata])(rng, notebook, plant):
                    wanted.append(plant.secret)
            path = os.path.join(work, "n.ipynb")
            with open(path, "w", encoding="utf-8") as stream:
                json.dump(notebook, stream, indent=1, ensure_ascii=False)
                stream.write("\n")
            # What the scan does not find, a fix cannot mend: planted.py measures that.
            secrets = found(arguments.cupel, path, wanted)
            done += 1
            values += len(secrets)
            problem = check(arguments.cupel, path, os.path.join(work, "out.ipynb"), secrets)
            if problem:
                failures.append((name, problem))
                if arguments.keep:
                    os.makedirs(arguments.keep, exist_ok=True)
                    os.replace(path, os.path.join(arguments.keep, "%d.ipynb" % done))
            else:
                good += 1
    for name, problem in failures[:40]:
        print("  %s: %s" % (os.path.relpath(name, arguments.folder), problem))
    print("fixes: %d of %d notebooks, %d values planted" % (good, done, values))
    return 0 if good == done and done else 1


if __name__ == "__main__":
    sys.exit(main())
