#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs of `bench.py models`: one small pickle, dense ones of each kind of content, an archive, a literal, checkpoints.

  model_inputs.py FOLDER      writes them all, for a look by hand: about 3 GB, and 10 GB that take no room

The same bytes on every run. Pickles of protocol 4 as CPython writes them; checkpoints as PyTorch lays them out, written by hand.
"""
import os
import pickle
import random
import struct
import sys
import zipfile
import zlib

from peer_inputs import literal, members, small

WORDS = ("the data model layer weight train value config learning rate batch epoch name index token hidden state output optimizer "
         "alpha beta gamma user item file path list score result sample").split()


def text(rng, least, most):
    return " ".join(rng.choices(WORDS, k=most // 4))[:rng.randrange(least, most)]


# Name: what the table calls it, and one element by its number.
KINDS = {
    "floats": ("floats", lambda rng, i: i * 0.001),
    "tuples": ("tuples of numbers", lambda rng, i: (i, i * 0.5, i & 255, -i, i / 3)),
    "nested": ("nested lists", lambda rng, i: [[i, [i + 1, [i + 2]]], [], [[1, 2], [3]]]),
    "small-dicts": ("small dictionaries", lambda rng, i: {"id": i, "name": f"n{i}", "score": i / 7, "ok": True}),
    "bytes": ("short bytes", lambda rng, i: rng.randbytes(rng.randrange(4, 24))),
    "short-texts": ("short texts", lambda rng, i: f"tok{i}"),
    "hex-texts": ("texts of 64 hexadecimal digits", lambda rng, i: f"{rng.getrandbits(256):064x}"),
    "long-texts": ("texts of 40 to 200 characters", lambda rng, i: f"{text(rng, 36, 190)} {i}"),
    "text-dict": ("texts by texts", lambda rng, i: (f"key_{i}", text(rng, 30, 60))),
    "mixed": ("of everything", lambda rng, i: [text(rng, 10, 60), i, i / 2, {f"k{i}": f"{rng.getrandbits(48):012x}"}, (i, None, True),
                                              rng.randbytes(9)]),
}


def dense(path, kind, size=50_000_000):
    """A list of one kind of things, or a dictionary of pairs, about as large as said."""
    make = KINDS[kind][1]
    rng = random.Random(7)
    sample = 2_000
    each = len(pickle.dumps([make(rng, i) for i in range(sample)], 4)) / sample
    things = [make(rng, i) for i in range(int(size / each))]
    with open(path, "wb") as out:
        pickle.dump(dict(things) if kind == "text-dict" else things, out, 4)


def unicode(word):
    return b"X" + struct.pack("<I", len(word)) + word.encode()


def tensor(number, elements):
    """One line of a state dictionary: a vector of floats over a storage of its own."""
    count = b"J" + struct.pack("<i", elements)
    return (unicode(f"layer{number}.weight") + b"ctorch._utils\n_rebuild_tensor_v2\n((" + unicode("storage") + b"ctorch\nFloatStorage\n"
            + unicode(str(number)) + unicode("cpu") + count + b"tQK\x00" + count + b"\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtR")


def checkpoint(path, size, sparse):
    """A torch zip of storages of 256 MiB. Sparse ones are holes of the file: zeros that nobody stores."""
    each = 256 << 20
    count = size // each
    body = b"\x80\x02ccollections\nOrderedDict\n)R(" + b"".join(tensor(i, each // 4) for i in range(count)) + b"u."
    if sparse:
        sparse_zip(path, body, count, each)
        return
    block = random.Random(7).randbytes(16 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        out.writestr(zipfile.ZipInfo("archive/data.pkl"), body)
        for i in range(count):
            with out.open(zipfile.ZipInfo(f"archive/data/{i}"), "w") as member:
                for _ in range(each // len(block)):
                    member.write(block)
        out.writestr(zipfile.ZipInfo("archive/version"), "3\n")


def sparse_zip(path, body, count, each):
    """Written by hand, as zipfile writes every zero. Checksums of the holes are left 0: who reads it does not compare them."""
    entries = [("archive/data.pkl", body, len(body))] + [(f"archive/data/{i}", b"", each) for i in range(count)]
    directory = b""
    with open(path, "wb") as out:
        for name, content, length in entries:
            crc = zlib.crc32(content) if content else 0
            place = out.tell()
            out.write(struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 0, 0, 33, crc, length, length, len(name), 0) + name.encode() + content)
            out.seek(length - len(content), os.SEEK_CUR)
            extra = struct.pack("<HHQ", 1, 8, place)
            directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 0, 0, 33, crc, length, length, len(name), len(extra), 0, 0, 0, 0,
                                     0xFFFFFFFF) + name.encode() + extra
        start = out.tell()
        out.write(directory)
        end = out.tell()
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, len(entries), len(entries), len(directory), start))
        out.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
        out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), 0xFFFFFFFF, 0))


# Name of the file, how it is made, what the table calls it, what the scan is told.
OTHERS = (
    ("members.zip", members, "zip of 20,000 members", []),
    ("literal.pkl", literal, "literal of 500 MB", []),
    ("sparse.pt", lambda path: checkpoint(path, 10 << 30, True), "checkpoint of 10 GiB without hashing", ["--no-hash"]),
)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    small(os.path.join(sys.argv[1], "small.pkl"))
    for kind in KINDS:
        dense(os.path.join(sys.argv[1], f"{kind}.pkl"), kind)
    for name, make, _, _ in OTHERS:
        make(os.path.join(sys.argv[1], name))
    checkpoint(os.path.join(sys.argv[1], "model.pt"), 2 << 30, False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
