#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the two model files of the sample workspace: a clean safetensors file, and a pickle that would call something
when it is loaded. Safe by construction: the call sets the seed of Python's random numbers. The same bytes on every
run."""
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "..", "..", "resources", "samples", "churn", "models")
NOTE = "Sample of Cupel: invented numbers, safe by construction"


def put(name, content):
    os.makedirs(SAMPLE, exist_ok=True)
    with open(os.path.join(SAMPLE, name), "wb") as stream:
        stream.write(content)


def numbers(count):
    """Small ones on both sides of zero; no random generator, so that they stay the same everywhere."""
    return [((i * 37) % 101 - 50) / 64 for i in range(count)]


def safetensors():
    shapes = {"classifier.bias": [2], "classifier.weight": [2, 8], "encoder.bias": [8], "encoder.weight": [8, 12]}
    header = {"__metadata__": {"format": "np", "note": NOTE, "task": "churn, two classes"}}
    data = b""
    for name, shape in shapes.items():
        count = 1
        for extent in shape:
            count *= extent
        start = len(data)
        data += struct.pack("<%df" % count, *numbers(count))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    put("churn.safetensors", struct.pack("<Q", len(text)) + text + data)


def text(value):
    return b"\x8c" + bytes([len(value)]) + value.encode()


def pickle():
    """{'note': ..., 'threshold': 0.42, 'classes': [...], 'started': random.seed(2026)}, protocol 4."""
    body = b"}(" + text("note") + text(NOTE) + text("threshold") + b"G" + struct.pack(">d", 0.42)
    body += text("classes") + b"](" + text("stays") + text("leaves") + b"e"
    body += text("started") + text("random") + text("seed") + b"\x93M" + struct.pack("<H", 2026) + b"\x85R" + b"u."
    put("old-threshold.pkl", b"\x80\x04\x95" + struct.pack("<Q", len(body)) + body)


safetensors()
pickle()
