#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/blocks.tsv: two blocks of random bytes for each packed type of GGUF, and what the package gguf
(0.19.0) makes of them: smallest, largest, sum, and the numbers 0, 17, 40 and the last."""
import os
import random

import gguf
import numpy

random.seed(14)
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "blocks.tsv")
SCALES = {"Q4_0": (0,), "Q4_1": (0, 2), "Q5_0": (0,), "Q5_1": (0, 2), "Q8_0": (0,), "Q4_K": (0, 2), "Q5_K": (0, 2), "Q6_K": (208,)}

with open(OUT, "w", encoding="ascii") as stream:
    stream.write("type\tbytes\tleast\tmost\tsum\tfirst\tn17\tn40\tlast\n")
    for name, places in SCALES.items():
        kind = gguf.GGMLQuantizationType[name]
        _, size = gguf.GGML_QUANT_SIZES[kind]
        blocks = b""
        for scale in (0.5, -0.03125):
            block = bytearray(random.randbytes(size))
            for i, place in enumerate(places):
                block[place:place + 2] = numpy.float16(scale * (i + 1)).tobytes()
            blocks += bytes(block)
        values = gguf.quants.dequantize(numpy.frombuffer(blocks, numpy.uint8).reshape(2, size), kind).astype("f8").reshape(-1)
        shown = [values.min(), values.max(), values.sum(), values[0], values[17], values[40], values[-1]]
        stream.write("\t".join([name, blocks.hex(), *(repr(float(one)) for one in shown)]) + "\n")
