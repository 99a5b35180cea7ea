#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits real notebooks as people do and checks that findings keep their fingerprints.

    fingerprints.py CUPEL FOLDER [--count N] [--edits N] [--seed N] [-v]

Each notebook of FOLDER with findings (and one to three planted ones, so that there are enough) is edited 20 times at random: run
again (other counts, ids and timings), cells moved, inserted and split from others by empty ones, lines inserted above and below,
blank lines, trailing blanks, other quotes and spaces as formatters leave them, another indentation of the file. Then every finding
of before must come back with its fingerprint. What the edits themselves change does not count: rules on the order of runs."""

import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import credentials  # noqa: E402
import fixes  # noqa: E402
import planted  # noqa: E402

ROOT = planted.ROOT
# What is judged is the order of cells and the counts of runs: edits of these change the finding itself.
ORDER = re.compile(r"CUP-(ORD|NB|LIN-ORDER)-")
BENIGN = ["x_%d = %d", "# note %d: %d", "print(%d + %d)", "total_%d = [%d]"]


def source_of(cell):
    return "".join(cell["source"]) if isinstance(cell["source"], list) else cell["source"]


def set_source(cell, text):
    cell["source"] = planted.lines(text) if isinstance(cell["source"], list) else text


def is_plain_code(cell):
    text = source_of(cell)
    return cell.get("cell_type") == "code" and text.strip() and "%%" not in text and '"""' not in text and "'''" not in text


def top_lines(text):
    """Line numbers before which a statement may be put: nothing is open and the line is not indented."""
    depth, places = 0, []
    for number, line in enumerate(text.split("\n")):
        if depth == 0 and line and not line[0].isspace() and not line.startswith((")", "]", "}", "else", "elif", "except", "finally", "@")):
            previous = text.split("\n")[number - 1].rstrip() if number else ""
            if not previous.endswith(("\\", ",", "(", "[", "{", ":")) and not previous.startswith("@"):
                places.append(number)
        depth += sum(line.count(c) for c in "([{") - sum(line.count(c) for c in ")]}")
    return places


def run_again(rng, notebook):
    count = rng.randrange(1, 50)
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code" and cell.get("execution_count") is not None:
            cell["execution_count"] = count
            for output in cell.get("outputs", []):
                if output.get("output_type") == "execute_result":
                    output["execution_count"] = count
            count += 1
        if "id" in cell:
            cell["id"] = "%08x" % rng.getrandbits(32)


def move_text_cell(rng, notebook):
    """Cells that are not code go anywhere; one of code only past text, so that what it reads is still made before it."""
    cells = notebook["cells"]
    at = rng.randrange(len(cells))
    if cells[at].get("cell_type") != "code":
        cells.insert(rng.randrange(len(cells)), cells.pop(at))
    elif at + 1 < len(cells) and cells[at + 1].get("cell_type") != "code":
        cells[at], cells[at + 1] = cells[at + 1], cells[at]


def insert_cell(rng, notebook):
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["## Part %d\n" % rng.randrange(99), "Some words."]}
    if rng.random() < 0.5:
        text = rng.choice(BENIGN) % (rng.randrange(99), rng.randrange(99))
        cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": [text]}
    if notebook.get("nbformat_minor", 0) >= 5:
        cell["id"] = "%08x" % rng.getrandbits(32)
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def insert_line(rng, notebook):
    cells = [cell for cell in notebook["cells"] if is_plain_code(cell)]
    if not cells:
        return
    cell = rng.choice(cells)
    text = source_of(cell)
    places = top_lines(text)
    if places:
        rows = text.split("\n")
        rows.insert(rng.choice(places), rng.choice(BENIGN) % (rng.randrange(99), rng.randrange(99)))
        set_source(cell, "\n".join(rows))


def blank_lines(rng, notebook):
    cells = [cell for cell in notebook["cells"] if is_plain_code(cell)]
    if not cells:
        return
    cell = rng.choice(cells)
    text = source_of(cell)
    places = top_lines(text)
    rows = text.split("\n")
    for number in sorted(rng.sample(places, min(len(places), 3)), reverse=True):
        rows.insert(number, "")
    set_source(cell, "\n".join(rows))


def trailing_blanks(rng, notebook):
    cells = [cell for cell in notebook["cells"] if is_plain_code(cell)]
    if cells:
        cell = rng.choice(cells)
        rows = [row if row.endswith("\\") or not row else row + " " * rng.randrange(3) for row in source_of(cell).split("\n")]
        set_source(cell, "\n".join(rows) + ("\n" if rng.random() < 0.3 else ""))


def format_code(rng, notebook):
    """What a formatter does to a line: blanks around signs and behind commas, double quotes for single ones."""
    cells = [cell for cell in notebook["cells"] if is_plain_code(cell)]
    if not cells:
        return
    cell = rng.choice(cells)
    rows = []
    for row in source_of(cell).split("\n"):
        if not row.lstrip().startswith(("!", "%", "#")) and row.count("'") == 2 and '"' not in row and "\\" not in row and "#" not in row:
            row = row.replace("'", '"')
        elif re.fullmatch(r"\w+ ?= ?[\w.]+\([\w, =]*\)", row):
            row = re.sub(r", *", ", ", re.sub(r"^(\w+) ?= ?", r"\1 = ", row))
        rows.append(row)
    set_source(cell, "\n".join(rows))


def source_form(rng, notebook):
    """A list of lines becomes one string, or the other way round: programs differ in that."""
    cell = rng.choice(notebook["cells"])
    text = source_of(cell)
    cell["source"] = text if isinstance(cell["source"], list) else planted.lines(text)


def timings(rng, notebook):
    for cell in notebook["cells"]:
        cell.setdefault("metadata", {})["execution"] = {"iopub.status.busy": "2026-01-%02dT10:00:00Z" % rng.randrange(1, 29)}
        break


EDITS = [run_again, run_again, move_text_cell, insert_cell, insert_cell, insert_line, insert_line, blank_lines, trailing_blanks,
         format_code, source_form, timings]


def scan(cupel, path):
    text = subprocess.run([cupel, "scan", path, "-f", "json", "--allow-partial"], stdout=subprocess.PIPE, check=False).stdout
    return [finding for finding in json.loads(text)["findings"] if not ORDER.match(finding["rule"])]


def prepared(rng, path, plants):
    """The notebook with one to three planted values, or None when it is not of the plain kind."""
    try:
        notebook = json.load(open(path, encoding="utf-8"))
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not notebook.get("cells"):
        return None
    if not all(isinstance(cell, dict) and "source" in cell for cell in notebook["cells"]):
        return None
    notebook.setdefault("metadata", {})
    for _ in range(rng.randrange(1, 4)):
        rng.choice([fixes.put_source, fixes.put_output])(rng, notebook, rng.choice(plants))
    return notebook


def write(rng, notebook, path):
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(notebook, stream, indent=rng.choice([1, 1, 2, 4, None]), ensure_ascii=rng.random() < 0.3)
        stream.write("\n")


def compare(before, after):
    """How many keep their fingerprint, how many are found no longer at all, and the rest by rule."""
    left = collections.Counter(finding["fingerprint"] for finding in after)
    rules = collections.Counter(finding["rule"] for finding in after)
    same, lost = 0, collections.Counter()
    for finding in before:
        if left[finding["fingerprint"]] > 0:
            left[finding["fingerprint"]] -= 1
            rules[finding["rule"]] -= 1
            same += 1
        else:
            lost[finding["rule"]] += 1
    gone = sum(max(0, count - max(0, rules[rule])) for rule, count in lost.items())
    return same, gone, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cupel")
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    words = os.path.join(ROOT, "resources", "rules", "words", "bip39_english.txt")
    made = ((row, credentials.plantable(row, rng, words))
            for row in credentials.read_rows(os.path.join(ROOT, "resources", "rules", "secrets")))
    plants = [planted.Plant(row, *plant) for row, plant in made if plant]
    names = sorted(os.path.join(folder, name) for folder, _, files in os.walk(arguments.folder) for name in files
                   if name.endswith(".ipynb"))
    rng.shuffle(names)
    done = total = same = gone = 0
    lost = collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "n.ipynb")
        for name in names:
            if done == arguments.count:
                break
            notebook = prepared(rng, name, plants)
            if notebook is None:
                continue
            write(rng, notebook, path)
            before = scan(arguments.cupel, path)
            for _ in range(arguments.edits):
                rng.choice(EDITS)(rng, notebook)
            write(rng, notebook, path)
            kept, vanished, by_rule = compare(before, scan(arguments.cupel, path))
            if by_rule and arguments.verbose:
                print("  %s: %s" % (os.path.relpath(name, arguments.folder), dict(by_rule)))
            done, total, same, gone, lost = done + 1, total + len(before), same + kept, gone + vanished, lost + by_rule
    for rule, count in lost.most_common(20):
        print("  %-40s %d lost" % (rule, count))
    rate = 100 * same / total if total else 0
    print("fingerprints: %d of %d findings (%.2f %%) kept after %d edits of %d notebooks; %d of the others were not found at all"
          % (same, total, rate, arguments.edits, done, gone))
    return 0 if rate >= 99 else 1


if __name__ == "__main__":
    sys.exit(main())
