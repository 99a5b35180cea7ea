#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include and fails on an arrow that goes up, on a look at a sibling, on Qt below the widgets, on threads,
files or settings in widgets, and on a third-party library outside its one place.

  layers.py                 check the tree, print file:line: problem
  layers.py --graph FILE    draw which folder includes which, as SVG
  layers.py --self-test     check the checker on small invented trees
"""
import argparse
import os
import re
import sys
from collections import defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')

# Rows from low to high; folders of one row are siblings and never see each other. `*` is every folder not named.
LAYERS = {
    "analyzers": [["base"], ["graph"], ["model"], ["code", "knowledge"], ["formats"], ["lineage"], ["rules"], ["convert", "fixes"], ["review"],
                  ["threats"], ["report"], ["engine"]],
    "widgets": [["common"], ["models"], ["editor", "canvas"], ["*"]],
    "app": [["settings"], ["session"], ["export"], ["shell"], ["*"]],
}
ORDER = ["analyzers", "widgets", "app"]
# What the build makes; it lies in the build folder.
GENERATED = (".moc", ".inc")
# Folders whose own subfolders are siblings too: one format never reads another's inside.
FAMILIES = ("analyzers/formats", "analyzers/rules")
# A script in percent format is a notebook by another spelling: it fills the same facts. An exported page is HTML.
VOCABULARY = ("analyzers/formats/notebook/notebook_facts.h", "analyzers/formats/html/html_tokens.h")

THIRD_PARTY = {  # header prefix: the places that may include it
    "tree_sitter/": ("analyzers/code/",),
    "zip.h": ("analyzers/formats/zip/",),
    "zlib.h": ("analyzers/base/", "analyzers/formats/compressed/", "analyzers/formats/sevenzip/"),
    "bzlib.h": ("analyzers/formats/compressed/", "analyzers/formats/sevenzip/"),
    "lzma.h": ("analyzers/formats/compressed/", "analyzers/formats/sevenzip/"),
    "zstd.h": ("analyzers/formats/compressed/",),
    "lz4frame.h": ("analyzers/formats/compressed/",),
    "openssl/": ("analyzers/base/hash.cpp", "analyzers/base/private_key.cpp"),
    "yaml.h": ("analyzers/base/yaml_tree.cpp",),
    "hs.h": ("analyzers/rules/literal_set.cpp", "analyzers/rules/literal_database.h"),
    "hs/": ("analyzers/rules/literal_set.cpp",),
    "pcre2.h": ("analyzers/rules/secrets/",),
    "CLI/": ("app/cli/",),
    "Qsci/": ("widgets/editor/",),
    "md4c": ("widgets/notebook/markdown.cpp",),
    "md4c.h": ("widgets/notebook/markdown.cpp",),
    "qpdf/": ("app/export/",),
}
HEAVY_IN_HEADERS = ("CLI/", "nlohmann/json.hpp")
UMBRELLAS = re.compile(r"^(Qt[A-Z]\w*|Qt[A-Z]\w*/Qt[A-Z]\w*)$")
UMBRELLA_EXCEPTIONS = ("QtCore/QtGlobal", "QtCore/QtMath", "QtCore/QtPlugin", "QtTest/QtTest", "QtEndian", "QtCore/QtEndian")
QT = re.compile(r"^(Qt[A-Z]\w*/)?Q[A-Z]\w*$|^Qt[A-Z]\w*$|^Qsci/")
NOT_IN_WIDGETS = {
    "threads": re.compile(r"^(thread|mutex|shared_mutex|future|condition_variable|stop_token)$"
                          r"|(^|/)(QThread\w*|QMutex\w*|QtConcurrent\w*|QFuture\w*|QSemaphore|QRunnable)$"),
    "files": re.compile(r"^(fstream|filesystem|cstdio|unistd\.h|fcntl\.h)$"
                        r"|(^|/)(QFile|QSaveFile|QTemporaryFile|QTemporaryDir|QDir|QDirIterator|QFileSystemWatcher|QProcess)$"),
    "settings": re.compile(r"(^|/)QSettings$"),
    "network": re.compile(r"^QtNetwork/|(^|/)(QNetwork\w+|QTcpSocket|QLocalSocket|QLocalServer)$"),
}


def folder_of(path):
    """'analyzers/formats/zip/a.cpp' -> ('analyzers', 'formats'); a file directly in a layer has folder ''."""
    parts = path.split("/")
    return parts[0], parts[1] if len(parts) > 2 else ""


def rank(layer, folder):
    for row, names in enumerate(LAYERS[layer]):
        if folder in names:
            return row
    return len(LAYERS[layer]) - 1 if "*" in LAYERS[layer][-1] else None


def family_member(path):
    """'analyzers/rules/secrets/x.h' -> 'analyzers/rules/secrets'; '' when it is not inside a family's subfolder."""
    for family in FAMILIES:
        if path.startswith(family + "/") and path.count("/") > family.count("/") + 1:
            return "/".join(path.split("/")[: family.count("/") + 2])
    return ""


def arrow_problem(source, target):
    """Why `source` may not include `target` (both paths from the root), or None."""
    from_layer, from_folder = folder_of(source)
    to_layer, to_folder = folder_of(target)
    if from_layer not in ORDER or to_layer not in ORDER:
        return None
    if (from_layer, from_folder) == ("app", "cli"):
        if to_layer != "analyzers" and (to_layer, to_folder) != ("app", "cli"):
            return "the command line uses the analyzers only"
        return None
    if (to_layer, to_folder) == ("app", "cli"):
        return "nothing includes the command line"
    if ORDER.index(to_layer) > ORDER.index(from_layer):
        return f"arrow up: {from_layer} includes {to_layer}"
    if to_layer != from_layer:
        return None
    if to_folder == from_folder:
        mine, theirs = family_member(source), family_member(target)
        if mine and theirs and mine != theirs and target not in VOCABULARY:
            return f"siblings: {mine} includes {theirs}"
        return None
    low, high = rank(from_layer, from_folder), rank(to_layer, to_folder)
    if low is None or high is None:
        return f"{from_layer}/{from_folder if low is None else to_folder} has no place in the order of layers"
    if high > low:
        return f"arrow up: {from_layer}/{from_folder} includes {to_layer}/{to_folder}"
    if high == low and to_folder and from_folder:
        return f"siblings: {from_layer}/{from_folder} includes {to_layer}/{to_folder}"
    return None


def outside_problem(source, header):
    """Why `source` may not include the system or library header, or None."""
    layer, folder = folder_of(source)
    if layer not in ORDER:
        return None
    if QT.match(header) and (layer == "analyzers" or (layer, folder) == ("app", "cli")):
        return f"Qt below the widgets: <{header}>"
    if UMBRELLAS.match(header) and header not in UMBRELLA_EXCEPTIONS:
        return f"umbrella header <{header}>: include the class you use"
    for prefix, places in THIRD_PARTY.items():
        if header.startswith(prefix) and not source.startswith(places):
            return f"<{header}> belongs to {', '.join(places)} only"
    if source.endswith(".h") and header.startswith(HEAVY_IN_HEADERS):
        return f"<{header}> in a header costs every file that includes it: use it in a .cpp"
    if layer == "widgets":
        for what, pattern in NOT_IN_WIDGETS.items():
            if pattern.search(header):
                return f"{what} in widgets: <{header}>"
    return None


def find_cycle(edges):
    """One include cycle among files as a list of paths, or None. Iterative depth-first search."""
    done, on_path = set(), {}
    for start in sorted(edges):
        stack = [(start, iter(sorted(edges[start])))] if start not in done else []
        if stack:
            on_path = {start: 0}
        while stack:
            node, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                done.add(node)
                on_path.pop(node, None)
                stack.pop()
            elif target in on_path:
                return [entry[0] for entry in stack[on_path[target]:]] + [target]
            elif target not in done and target in edges:
                on_path[target] = len(stack)
                stack.append((target, iter(sorted(edges[target]))))
    return None


def read_includes(files):
    for path in sorted(files):
        for number, line in enumerate(files[path].splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                yield path, number, match.group(1), match.group(2)


def check(files, exists):
    """`files`: path -> text. `exists(path)`: is it a file of the tree. Returns the problems and the file graph."""
    problems, edges, count = [], defaultdict(set), 0
    for path, number, quoted, bracketed in read_includes(files):
        count += 1
        if quoted and not quoted.endswith(GENERATED):
            if not exists(quoted) and quoted.split("/")[0] in ORDER + ["tests", "resources"]:
                problems.append((path, number, f'"{quoted}" does not exist'))
            elif "/" not in quoted:
                problems.append((path, number, f'"{quoted}": include with the path from the root'))
            problem = arrow_problem(path, quoted)
            edges[path].add(quoted)
        else:
            problem = outside_problem(path, bracketed) if bracketed else None
        if problem:
            problems.append((path, number, problem))
    cycle = find_cycle(edges)
    if cycle:
        problems.append((cycle[0], 1, "include cycle: " + " -> ".join(cycle)))
    return problems, edges, count


def load_tree():
    files = {}
    for layer in ORDER:
        for folder, names, entries in os.walk(os.path.join(ROOT, layer)):
            names.sort()
            for entry in sorted(entries):
                if entry.endswith((".h", ".cpp", ".def")):
                    path = os.path.join(folder, entry)
                    with open(path, encoding="utf-8") as stream:
                        files[os.path.relpath(path, ROOT)] = stream.read()
    return files


def self_test():
    cases = [
        ({"analyzers/base/a.cpp": '#include "analyzers/model/b.h"'}, "arrow up"),
        ({"analyzers/model/a.cpp": '#include "analyzers/base/b.h"'}, None),
        ({"analyzers/engine/a.h": '#include "widgets/common/b.h"'}, "arrow up"),
        ({"widgets/models/a.h": '#include "app/session/b.h"'}, "arrow up"),
        ({"widgets/review/a.h": '#include "widgets/report/b.h"'}, "siblings"),
        ({"widgets/review/a.h": '#include "widgets/editor/b.h"'}, None),
        ({"analyzers/formats/zip/a.h": '#include "analyzers/formats/image/b.h"'}, "siblings"),
        ({"analyzers/formats/zip/a.h": '#include "analyzers/formats/registry.h"'}, None),
        ({"analyzers/base/a.h": "#include <QtCore/QString>"}, "Qt below"),
        ({"app/cli/a.cpp": "#include <QString>"}, "Qt below"),
        ({"app/cli/a.cpp": '#include "app/session/b.h"'}, "analyzers only"),
        ({"widgets/common/a.cpp": "#include <QtWidgets>"}, "umbrella"),
        ({"widgets/common/a.cpp": "#include <mutex>"}, "threads in widgets"),
        ({"widgets/common/a.cpp": "#include <QtCore/QSettings>"}, "settings in widgets"),
        ({"widgets/common/a.cpp": "#include <QtCore/QFile>"}, "files in widgets"),
        ({"analyzers/engine/a.cpp": "#include <zip.h>"}, "belongs to"),
        ({"analyzers/report/a.h": "#include <nlohmann/json.hpp>"}, "in a header"),
        ({"analyzers/report/a.cpp": '#include "text.h"'}, "path from the root"),
        ({"analyzers/base/a.h": '#include "analyzers/base/b.h"', "analyzers/base/b.h": '#include "analyzers/base/a.h"'},
         "include cycle"),
    ]
    failed = 0
    for files, expected in cases:
        problems, _, _ = check(files, lambda path: True)
        found = [text for _, _, text in problems]
        if (expected is None and found) or (expected and not any(expected in text for text in found)):
            failed += 1
            print(f"self-test: {files}\n  expected {expected!r}, found {found}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", metavar="FILE")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return 1 if self_test() else 0
    files = load_tree()
    problems, edges, count = check(files, lambda path: os.path.isfile(os.path.join(ROOT, path)))
    if arguments.graph:
        from graph import draw
        with open(arguments.graph, "w", encoding="utf-8") as stream:
            stream.write(draw(edges, folder_of, LAYERS, ORDER))
        print(f"wrote {arguments.graph}")
    for path, number, text in problems:
        print(f"{path}:{number}: {text}")
    print(f"{len(files)} files, {count} includes, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
