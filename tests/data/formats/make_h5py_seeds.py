#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files of h5py into tests/data/formats/hdf5: everything that a file may be made of, by the oldest and by the
newest rules of the library, and one with a data set that was deleted. Every byte of the first two belongs to something.

    python3 -m venv venv && venv/bin/pip install h5py==3.16.0 && venv/bin/python tests/data/formats/make_h5py_seeds.py
"""

import pathlib

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).parent / "hdf5"


def fill(file: h5py.File) -> None:
    numbers = np.arange(1, 65, dtype="f4").reshape(8, 8)
    group = file.create_group("a/b")
    for i in range(12):  # more than one node of a tree
        file.create_dataset(f"many/item_{i}", data=numbers[i % 8])
    file.create_dataset("chunks", data=numbers, chunks=(4, 4))
    file.create_dataset("packed", data=numbers, chunks=(4, 4), compression="gzip", shuffle=True, fletcher32=True)
    for name, most in (("rows", (None, 8)), ("both", (None, None))):
        grown = file.create_dataset(name, data=numbers, maxshape=most, chunks=(2, 8))
        grown.resize((24, 8))
        grown[:] = 2
    file.create_dataset("one", data=numbers, chunks=(8, 8), compression="gzip")
    words = ["first", "second", "th\u00edrd"]
    file.create_dataset("words", data=words, dtype=h5py.string_dtype())
    file.create_dataset("words in chunks", data=words, dtype=h5py.string_dtype(), chunks=(2,), compression="gzip")
    lists = file.create_dataset("lists", (2,), dtype=h5py.vlen_dtype(np.int32))
    lists[0], lists[1] = [1, 2], [3]
    table = file.create_dataset("table", (2,), dtype=np.dtype([("n", "f4"), ("s", h5py.string_dtype())]))
    table[0], table[1] = (1.5, "one"), (2.5, "two")
    file["type"] = np.dtype([("q", "i4"), ("w", "f8")])
    file.create_dataset("of that type", (3,), dtype=file["type"])
    file["soft"] = h5py.SoftLink("/a/b")
    file["references"] = np.array([file["chunks"].ref], dtype=h5py.ref_dtype)
    file["regions"] = np.array([file["chunks"].regionref[0:3, 0:2]], dtype=h5py.regionref_dtype)
    for i in range(12):
        group.attrs[f"note {i}"] = f"text {i}" if i % 3 else np.arange(i)
    group.attrs["list"] = words
    file.create_dataset("nothing", data=h5py.Empty("f4"))
    file.create_dataset("not written", shape=(64, 64), chunks=(8, 8), dtype="f4")
    ordered = file.create_group("ordered", track_order=True)
    for i in range(10):
        ordered.create_group(f"member {i}", track_order=True)


def main() -> None:
    for name, version in (("h5py-oldest.h5", "earliest"), ("h5py-newest.h5", "latest")):
        with h5py.File(FOLDER / name, "w", libver=version) as file:
            fill(file)
    with h5py.File(FOLDER / "h5py-deleted.h5", "w") as file:
        file["gone"] = np.frombuffer(b"what stood here was deleted " * 4, dtype="u1")
        file["kept"] = 1
        del file["gone"]


if __name__ == "__main__":
    main()
