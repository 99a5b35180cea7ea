#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes, licence lines, machine paths and placeholders: what a reader of the tree may rely on.

  house_rules.py [FILE...]   check these files, or all; prints file:line: problem

Limits: 500 lines a C++ file, 60 lines a function. What is larger for a reason stands in waivers.txt with that reason;
a waiver that nothing needs any more is a problem too.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WAIVERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "waivers.txt")
SKIPPED_FOLDERS = {".git", "build", ".cache", "__pycache__"}
FILE_LINES, FUNCTION_LINES = 500, 60

SOURCE = (".cpp", ".h", ".c")
NEEDS_SPDX = SOURCE + (".def", ".cmake", ".py", ".sh")
NEEDS_SPDX_NAMES = ("CMakeLists.txt", "dev")
TEXT = NEEDS_SPDX + (".json", ".md", ".txt", ".in", ".xml", ".desktop", ".yaml", ".dict")
DATA = ("tests/data/", "tests/golden/rules/", "resources/samples/", "resources/rules/", "resources/fonts/")
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(?:work|root|home/[a-z]+)/[\w.]")
# A path that a person could have, in a test or an example: not a path of a build machine.
EXAMPLE_HOME = re.compile(r"/home/(?:\w|ada|alice|bob|user|jovyan|me|you|someone|name)/")
RAW_STRING = re.compile(r'(?<!")R"\w*\(')
PLACEHOLDER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")


def tree():
    for folder, names, entries in os.walk(ROOT):
        names[:] = sorted(n for n in names if n not in SKIPPED_FOLDERS)
        for entry in sorted(entries):
            yield os.path.relpath(os.path.join(folder, entry), ROOT)


def read_waivers():
    """path or path:function -> (line number, reason)"""
    waivers = {}
    if os.path.isfile(WAIVERS):
        with open(WAIVERS, encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip() and not line.startswith("#"):
                    key, _, reason = line.strip().partition(" ")
                    waivers[key] = (number, reason.strip())
    return waivers


def without_text(line):
    """The line without string and character literals and without // comments: braces in them do not count."""
    line = re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])\'', '""', line)
    return line.split("//")[0]


def long_functions(text):
    """(line, name, length) of functions with too many lines. Relies on the formatter: a function's brace opens a line of
    its own and closes in the same column; class bodies and namespaces open on the line of their name."""
    lines = text.splitlines()
    opened = {}  # indentation -> (line number, name)
    raw = False
    for number, line in enumerate(lines, 1):
        opening = RAW_STRING.search(line)
        if raw or opening:
            raw = not re.search(r'\)\w*"', line[opening.end():] if opening else line)
            continue
        code = without_text(line)
        indentation = len(code) - len(code.lstrip())
        if code.strip() == "{":
            name = "?"
            for back in range(number - 2, max(number - 12, -1), -1):
                match = re.search(r"([~\w:]+|operator\S+)\s*\(", lines[back])
                if match and len(lines[back]) - len(lines[back].lstrip()) == indentation:
                    name = match.group(1)
                    break
            opened[indentation] = (number, name)
        elif code.startswith(" " * indentation + "}") and indentation in opened:
            start, name = opened.pop(indentation)
            if number - start - 1 > FUNCTION_LINES:
                yield start, name, number - start - 1


def check_sizes(path, text, waivers, used):
    count = text.count("\n")
    if count > FILE_LINES:
        if path in waivers:
            used.add(path)
        else:
            yield 1, f"{count} lines, the limit is {FILE_LINES}: is it still one idea?"
    for line, name, length in long_functions(text):
        key = f"{path}:{name}"
        if key in waivers:
            used.add(key)
        else:
            yield line, f"{name} has {length} lines, the limit is {FUNCTION_LINES}"


def check_text(path, text):
    head = "\n".join(text.splitlines()[:3])
    name = os.path.basename(path)
    if path.startswith(DATA) or (path.startswith("tests/golden/cli/") and "/input/" in path):
        return
    if (path.endswith(NEEDS_SPDX) or name in NEEDS_SPDX_NAMES) and "SPDX-License-Identifier: GPL-3.0-or-later" not in head:
        yield 1, "no SPDX licence line"
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line) and not EXAMPLE_HOME.search(line) and "house rules: a path" not in line:
            yield number, "a path of one machine"
        if path.endswith(SOURCE + (".py",)) and PLACEHOLDER.search(line):
            yield number, "a placeholder comment: do it, or open an issue"


def main():
    wanted = set(sys.argv[1:])
    waivers, used, problems, count = read_waivers(), set(), [], 0
    for path in tree():
        name = os.path.basename(path)
        if not (path.endswith(TEXT) or name in NEEDS_SPDX_NAMES) or (wanted and path not in wanted):
            continue
        count += 1
        with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as stream:
            text = stream.read()
        problems += [(path, line, problem) for line, problem in check_text(path, text)]
        if path.endswith(SOURCE) and not path.startswith(DATA):
            problems += [(path, line, problem) for line, problem in check_sizes(path, text, waivers, used)]
    if not wanted:
        waiver_file = os.path.relpath(WAIVERS, ROOT)
        problems += [(waiver_file, line, f"{key} is not needed any more") for key, (line, _) in waivers.items() if key not in used]
    problems += [(os.path.relpath(WAIVERS, ROOT), line, f"{key} has no reason") for key, (line, reason) in waivers.items() if not reason]
    for path, line, problem in problems:
        print(f"{path}:{line}: {problem}")
    print(f"{count} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
