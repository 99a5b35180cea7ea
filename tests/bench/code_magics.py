#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much code is lost to magics: a call that a rule knows is put behind the last line of every cell that holds magics or
shell lines, and into a cell of its own at the end of every notebook.

    code_magics.py CUPEL FOLDER [--missed]

Prints how many of the notebooks and of the cells were read to their end. Exit code 1 when a notebook is lost."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

MAGIC = re.compile(r"^\s*[!%]|=\s*[!%]\w", re.M)
PLANT = "__import__('os').system(planted_name)"


def is_python(notebook):
    language = notebook.get("metadata", {}).get("language_info", {}).get("name", "python")
    return "python" in language.lower()


def plant(path, target):
    """Cells that were planted; None when the file is no notebook of Python that this script can read."""
    try:
        with open(path, encoding="utf-8-sig") as stream:
            notebook = json.load(stream)
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list) or not is_python(notebook):
        return None
    planted = set()
    for index, cell in enumerate(notebook["cells"]):
        source = "".join(cell.get("source", []))
        if cell.get("cell_type") == "code" and MAGIC.search(source) and not source.lstrip().startswith("%%"):
            # A comment or a continued line at the end would take the planted line with it.
            cell["source"] = source.rstrip().rstrip("\\") + "\n\n" + PLANT
            planted.add(index)
        cell["outputs"] = [] if cell.get("cell_type") == "code" else None
        if cell["outputs"] is None:
            del cell["outputs"]
    notebook["cells"].append({"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": PLANT})
    planted.add(len(notebook["cells"]) - 1)
    with open(target, "w", encoding="utf-8") as stream:
        json.dump(notebook, stream)
    return planted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cupel")
    parser.add_argument("folder")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    cells = lost_cells = books = lost_books = with_magics = 0
    with tempfile.TemporaryDirectory() as folder:
        wanted = {}
        for root, _dirs, names in os.walk(options.folder):
            for name in sorted(names):
                if name.endswith(".ipynb"):
                    target = os.path.join(folder, f"{len(wanted):05}.ipynb")
                    planted = plant(os.path.join(root, name), target)
                    if planted:
                        wanted[target] = (planted, os.path.join(root, name))
        text = subprocess.run([options.cupel, "scan", folder, "-f", "json"], stdout=subprocess.PIPE, check=False).stdout
        found = {}
        for entry in json.loads(text)["findings"]:
            if entry["rule"] == "CUP-CODE-OS-SYSTEM":
                found.setdefault(entry["artifact"], set()).add(entry["location"]["cell"])
        for target, (planted, origin) in wanted.items():
            missed = planted - found.get(target, set())
            books += 1
            with_magics += len(planted) > 1
            lost_books += max(planted) in missed
            cells += len(planted) - 1
            lost_cells += len(missed - {max(planted)})
            if options.missed and missed:
                print(origin, sorted(missed))
    print(f"{books} notebooks of Python, {with_magics} with magics: {lost_books} lost ({100 * lost_books / max(1, books):.1f} %); "
          f"{cells} cells with magics: {lost_cells} not read to their end ({100 * lost_cells / max(1, cells):.2f} %)")
    return 1 if lost_books else 0


if __name__ == "__main__":
    sys.exit(main())
