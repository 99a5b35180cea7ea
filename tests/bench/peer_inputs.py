#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the inputs of `./dev peers`: one small model file and four that make scanners slow, large or silent.

  peer_inputs.py FOLDER

The same bytes on every run. Those with an end worth reaching hold a call of `os.system` as the last thing in them, so that a scanner
that gives up early is seen. Nothing here is ever loaded.
"""
import hashlib
import os
import struct
import sys
import zipfile

CALL = b"cos\nsystem\n(Vecho\ntR"
PROTO = b"\x80\x04"


def small(path):
    """A dictionary of lists of numbers and names, as a state without any framework would be: about 4 KB."""
    body = [PROTO, b"}("]
    for layer in range(12):
        name = f"layer.{layer}.weight".encode()
        body += [b"\x8c", bytes([len(name)]), name, b"](", *(b"G" + struct.pack(">d", layer + k / 40) for k in range(36)), b"e"]
    with open(path, "wb") as out:
        out.write(b"".join(body) + b"u.")


def dense(path, size=50_000_000):
    """One list of floats, nine bytes each, appended a thousand at a time as CPython does."""
    with open(path, "wb") as out:
        out.write(PROTO + b"]")
        number = 0
        while out.tell() < size:
            out.write(b"(" + b"".join(b"G" + struct.pack(">d", (number + k) * 0.001) for k in range(1000)) + b"e")
            number += 1000
        out.write(b"0" + CALL + b".")


def members(path, count=20_000):
    """A zip of small pickles; the last one calls."""
    with zipfile.ZipFile(path, "w") as out:
        for number in range(count):
            value = b"K" + bytes([number % 251]) if number < count - 1 else CALL
            out.writestr(zipfile.ZipInfo(f"parts/{number:05}.pkl"), PROTO + value + b".")


def laughs(path, levels=40):
    """Tuples of ten times the tuple before, as CPython writes `x = (x,) * 10`: 10^40 leaves in less than a kilobyte."""
    body = [PROTO, b"(" * levels, b"N" * 10 + b"tq\x00"]
    for level in range(1, levels):
        body.append((b"h" + bytes([level - 1])) * 9 + b"tq" + bytes([level]))
    with open(path, "wb") as out:
        out.write(b"".join(body) + b".")


def literal(path, size=500_000_000):
    """One constant of bytes, and the call behind it."""
    block = b"".join(hashlib.sha256(struct.pack("<I", k)).digest() for k in range(1 << 15))
    with open(path, "wb") as out:
        out.write(PROTO + b"\x8e" + struct.pack("<Q", size))
        for start in range(0, size, len(block)):
            out.write(block[: min(len(block), size - start)])
        out.write(b"0" + CALL + b".")


# Name of the file, how it is made, what the table calls it, whether a finding is expected.
INPUTS = (
    ("small.pkl", small, "one small file", False),
    ("dense.pkl", dense, "dense pickle, 50 MB", True),
    ("members.zip", members, "zip of 20,000 members", True),
    ("laughs.pkl", laughs, "billion laughs", True),
    ("literal.pkl", literal, "literal of 500 MB", True),
)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, make, _, _ in INPUTS:
        make(os.path.join(sys.argv[1], name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
