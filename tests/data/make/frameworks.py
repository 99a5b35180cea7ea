#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the small real files of tests/data/frameworks again, each by the framework whose files they are.

  frameworks.py OUT [--only FAMILY...] [--python FAMILY=PROGRAM...]

One virtual environment a family, in the user's cache folder, with the versions and hashes of requirements/<family>.txt; a family that
names no such file needs --python with an interpreter that has the framework. Then writes OUT/MANIFEST.tsv of all that is in OUT, and
fails when a file holds a name of this machine.
"""
import argparse
import bz2
import getpass
import gzip
import io
import lzma
import os
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "cupel", "frameworks")
LARGEST, ALL = 60_000, 1_500_000

# Family, interpreter it is pinned for, scripts. PyTorch has no small build for every machine at the usual place, see README.md.
FAMILIES = {
    "sklearn": ("python3.11", ["sklearn_files.py", "pandas_files.py"]),
    "sklearn-old": ("python3.7", ["sklearn_files.py"]),
    "pandas-old": ("python3.8", ["pandas_files.py"]),
    "boost": ("python3.11", ["boost_files.py"]),
    "wire": ("python3.11", ["wire_files.py"]),
    "hf": ("python3.11", ["hf_files.py"]),
    "tensorflow": ("python3.11", ["tensorflow_files.py"]),
    "orbax": ("python3.11", ["orbax_files.py"]),
    "torch1": (None, ["torch_files.py"]),
    "torch2": (None, ["torch_files.py"]),
}


def interpreter(family, wanted):
    requirements = os.path.join(HERE, "requirements", family + ".txt")
    folder = os.path.join(CACHE, family)
    program = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, "done")):
        subprocess.run([wanted, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", requirements], check=True)
        open(os.path.join(folder, "done"), "w", encoding="utf-8").close()
    return program


def layers(data, depth=0):
    """The bytes of a file and of what is packed in it."""
    yield data
    if depth > 3:
        return
    for unpack in (gzip.decompress, bz2.decompress, lzma.decompress, zlib.decompress):
        try:
            yield from layers(unpack(data), depth + 1)
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
            pass
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from layers(archive.read(name), depth + 1)


def leaks(path):
    """Names of this machine in a file: folders of people, of this tree and of its temporary files, the host, the account."""
    words = {b"/home/", b"/root/", b"/tmp/", b"/Users/", HERE.encode(), TREE.encode(), os.path.expanduser("~").encode(), CACHE.encode(),
             socket.gethostname().encode()}
    account = getpass.getuser().encode()
    if account != b"root":  # a word of every tree
        words.add(account)
    with open(path, "rb") as stream:
        data = stream.read()
    return sorted({word.decode() for layer in layers(data) for word in words if len(word) > 3 and word in layer})


def manifest(out):
    rows = []
    for name in sorted(os.listdir(os.path.join(out, "rows"))):
        with open(os.path.join(out, "rows", name), encoding="utf-8") as lines:
            rows += [line.rstrip("\n") for line in lines]
    shutil.rmtree(os.path.join(out, "rows"))
    made = {row.split("\t")[0].split("/")[0] for row in rows}
    path = os.path.join(out, "MANIFEST.tsv")
    if os.path.exists(path):  # families that were not made this time stay
        with open(path, encoding="utf-8") as lines:
            rows += [line.rstrip("\n") for line in list(lines)[1:] if line.split("/")[0] not in made]
    with open(path, "w", encoding="utf-8") as lines:
        lines.write("path\tformat\ttensors\tjudged\thow\n" + "".join(row + "\n" for row in sorted(rows)))
    return [row.split("\t")[0] for row in rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--only", nargs="*", choices=sorted(FAMILIES))
    parser.add_argument("--python", nargs="*", default=[], metavar="FAMILY=PROGRAM", help="an interpreter that has the framework already")
    arguments = parser.parse_args()
    given = dict(word.split("=", 1) for word in arguments.python)
    out = os.path.abspath(arguments.out)
    for family, (wanted, scripts) in FAMILIES.items():
        if arguments.only is not None and family not in arguments.only:
            continue
        if wanted is None and family not in given:
            print(f"{family}: left out, needs --python {family}=PROGRAM (README.md says why)")
            continue
        program = given.get(family) or interpreter(family, wanted)
        for script in scripts:
            # Under a bare name: what a framework notes of the program that called it says nothing of the machine.
            subprocess.run([program, "-B", "-c", f"exec(compile(open('{script}').read(), '{script}', 'exec'))", out], cwd=HERE, check=True,
                           env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "TZ": "UTC"})
    problems = []
    total = 0
    for name in manifest(out):
        path = os.path.join(out, name)
        size = os.path.getsize(path)
        total += size
        os.chmod(path, 0o644)
        problems += [f"{name}: holds {word}" for word in leaks(path)]
        if size > LARGEST:
            problems.append(f"{name}: {size} bytes, more than {LARGEST}")
    if total > ALL:
        problems.append(f"{total} bytes together, more than {ALL}")
    print("\n".join(problems) or f"{total} bytes, none names this machine")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
