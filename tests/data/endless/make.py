#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the files beside it: small models whose parts name each other again and again, so that a reader that follows
every name needs minutes for a megabyte. Packed with gzip, because they are nothing but repetition."""
import gzip
import io
import os
import struct
import sys
import tarfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "formats"))
from make_archive_seeds import wide  # noqa: E402
from make_graph_seeds import Flat, Hdf5, TEXTS, attribute, field, leads_to, onnx, space, varint  # noqa: E402


def put(name, content):
    with open(os.path.join(HERE, name + ".gz"), "wb") as stream, gzip.GzipFile("", "wb", 9, stream, 0) as packed:
        packed.write(content)


def table_row(one):
    for _ in range(8):
        one = one >> 1 ^ (0x82F63B78 if one & 1 else 0)
    return one


TABLE = [table_row(one) for one in range(256)]


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF  # as LevelDB masks it


def onnx_names():
    """A producer that is named two million times."""
    return onnx(field(1, field(4, "Relu"))) + field(2, "a") * 2_000_000


def keras_keys():
    """One object with as many classes as modules."""
    pair = '"class_name": "Lambda", "module": "a.b", '
    return ('{"class_name": "Model", "config": {"layers": [{' + pair * 40_000 + '"config": {}}]}, "keras_version": "3.0.0"}').encode()


class Many:
    """One table that a list names again and again."""

    def __init__(self, entry, count):
        self.entry, self.count = entry, count


class Knot(Flat):
    def value(self, value):
        if not isinstance(value, Many):
            return super().value(value)
        self.align()
        at = len(self.data)
        self.data += struct.pack("<I", value.count) + b"\0" * 4 * value.count
        target = self.value(value.entry)
        for i in range(value.count):
            self.link(at + 4 + 4 * i, target)
        return at


def flat(operators, inputs, metadata, buffers):
    tensor = {0: [4], 1: (1, 0), 2: (4, 0), 3: "w"}
    graph = {0: [tensor], 1: [0], 2: [0], 3: Many({0: (4, 0), 1: inputs, 2: [0]}, operators), 4: "main"}
    return bytes(Knot({0: (4, 3), 1: [{0: (1, 19), 3: (4, 19)}], 2: [graph], 4: [{}, *buffers],
                       6: Many({0: "m", 1: (4, 1)}, metadata)}).data)


def tflite_inputs():
    """Forty thousand operators that share one list of inputs."""
    return flat(40_000, [0] * 1_000_000, 1, [{0: b"\0" * 16}])


def tflite_zeros():
    """Metadata that names one buffer of zeros again and again."""
    return flat(1, [0], 50_000, [{0: b"\0" * 16_000_000}])


def tflite_texts():
    """Metadata that names one text again and again."""
    return flat(1, [0], 20_000, [{0: b"a text of the model. " * 50_000}])


def tensorflow_blocks():
    """The index of a checkpoint whose blocks share their bytes."""
    def block(content):
        content += struct.pack("<II", 0, 1) + b"\0"
        return content + struct.pack("<I", crc32c(content))
    entry = b"\0\0" + varint(4) + b"\x08\x01\x1a\0"
    first = block(entry)
    handles = b"".join(b"\0" + varint(len(key)) + varint(len(varint(i) + varint(8_000_000))) + key + varint(i) + varint(8_000_000)
                       for i in range(20_000) for key in [b"%08d" % i])
    out = first + b"\0" * 8_100_000
    meta_at, meta = len(out), block(b"")
    out += meta
    list_at, listed = len(out), block(handles)
    out += listed
    footer = varint(meta_at) + varint(len(meta) - 5) + varint(list_at) + varint(len(listed) - 5)
    return out + footer + b"\0" * (40 - len(footer)) + b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"


def hdf5_heaps():
    """Values that go to and fro between two collections of many objects."""
    file = Hdf5()
    heaps = [file.collection(*[b""] * 20_000) for _ in range(2)]
    values = b"".join(leads_to(heaps[i % 2], 1, 1) for i in range(3_000))
    texts = [attribute(f"a{i}", TEXTS, space(3_000), values) for i in range(12)]
    return file.finish(file.group({}, *texts))


def hdf5_messages():
    """Objects that share one long list of messages."""
    file = Hdf5()
    body = struct.pack("<HHB3x", 0x1D, 0, 0) * 60_000
    shared = file.put(body)
    members = {}
    for i in range(3_000):
        onward = struct.pack("<HHB3x", 0x10, 16, 0) + struct.pack("<QQ", shared, len(body))
        members[f"m{i}"] = file.put(struct.pack("<BxHII4x", 1, 60_001, 1, len(onward)) + onward)
    return file.finish(file.group(members))


def sevenzip_parts():
    """A list of files whose short parts are counted against all of them."""
    files = b"\x05" + wide(390_000) + b"\x0f\x00" * 200_000 + b"\x00"
    header = b"\x01" + files + b"\x00"
    start = struct.pack("<QQI", 0, len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + header


def tar_links():
    """A link, and one name of thirty thousand folders for all members that follow."""
    link = tarfile.TarInfo("link")
    link.type, link.linkname = tarfile.SYMTYPE, "../elsewhere"
    out = io.BytesIO(link.tobuf())
    out.seek(0, os.SEEK_END)
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"path": "a/" * 30_000 + "a"}) as archive:
        for i in range(4_000):
            archive.addfile(tarfile.TarInfo(f"m{i}"))
    return out.getvalue()


def xml_entity():
    """An entity of signs that begin one."""
    return b"<PMML version=\"4.4\"><!DOCTYPE PMML [<!ENTITY a \"" + b"&" * 3_000_000 + b";\">]></PMML>"


def ubjson_trees():
    """Trees in trees: only the outermost is one of the model."""
    def key(text):
        return b"U" + bytes([len(text)]) + text
    inner = b"{}"
    for _ in range(200):
        inner = b"{" + key(b"trees") + b"[" + inner + b"]}"
    return b"{" + b"L" + struct.pack(">q", 7) + b"learner" + inner + b"}"


MADE = {"names.onnx": onnx_names, "keys.json": keras_keys, "inputs.tflite": tflite_inputs, "zeros.tflite": tflite_zeros,
        "texts.tflite": tflite_texts, "variables.index": tensorflow_blocks, "heaps.h5": hdf5_heaps,
        "messages.h5": hdf5_messages, "parts.7z": sevenzip_parts, "links.tar": tar_links, "entity.pmml": xml_entity,
        "trees.ubj": ubjson_trees}

if __name__ == "__main__":
    for name, make in MADE.items():
        put(name, make())
