#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of the formats of models that are read as they lie: safetensors, GGUF, templates, configurations. All
invented; the same bytes on every run."""
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))


def put(folder, name, content):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


def tensors(header, data=b"", length=None):
    text = header if isinstance(header, str) else json.dumps(header, separators=(",", ":"))
    return struct.pack("<Q", len(text) if length is None else length) + text.encode() + data


def entry(dtype, shape, start, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def safetensors():
    put("safetensors", "two.safetensors", tensors({"__metadata__": {"format": "pt", "note": "a \u00e9"}, "a.weight": entry("F32", [2, 1], 0, 8),
                                                   "b": entry("BF16", [], 8, 10)}, b"\0" * 10))
    put("safetensors", "overlap.safetensors", tensors({"a": entry("U8", [6], 0, 6), "b": entry("U8", [6], 2, 8)}, b"\1" * 8))
    put("safetensors", "long.safetensors", tensors({"a": entry("F32", [2], 0, 8)}, b"\0" * 8, 1 << 40))
    put("safetensors", "twice.safetensors", tensors('{"a":{"dtype":"F4","shape":[4],"data_offsets":[0,2]},"\\u0061":{"dtype":"Q"}}', b"ab"))
    put("safetensors", "carried.safetensors", tensors({"a": entry("U8", [32], 0, 32), "b": entry("U8", [12], 32, 44)},
                                                      b"\x80\x02cos\nsystem\nX\2\0\0\0id\x85R." .ljust(32, b"\0") + b"\x7fELF" + b"\0" * 8))


def main():
    safetensors()


if __name__ == "__main__":
    main()
