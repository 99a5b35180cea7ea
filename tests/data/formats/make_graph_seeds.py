#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of graph formats beside it (ONNX and others), from nothing but bytes and tests/data/frameworks; the same ones on
every run."""
import base64
import json
import os
import struct
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))


def put(folder, name, content):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as stream:
        stream.write(content)


def varint(value):
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value & (1 << 64) - 1)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def message(*fields):
    return b"".join(field(number, value) for number, value in fields)


# --- ONNX ---

def onnx(graph, *more):
    return message((1, 9), (2, "seed"), (3, "1.0"), (8, message((1, ""), (2, 18))), (7, graph), *more)


def onnx_node(kind, domain="", *attributes):
    return message((1, "x"), (2, "y"), (4, kind), (7, domain), *[(5, one) for one in attributes])


def external(*entries):
    return message((1, 4), (2, 1), (8, "w"), (14, 1), *[(13, message((1, k), (2, v))) for k, v in entries])


def onnx_seeds():
    weights = message((1, 2), (1, 2), (2, 1), (8, "w"), (9, struct.pack("<4f", 1, 2, 3, 4)))
    packed = message((1, bytes([2, 2])), (2, 1), (8, "p"), (4, struct.pack("<4f", 1, 2, 3, 4)))
    inner = message((2, "then"), (1, onnx_node("Identity")))
    plain = message((1, onnx_node("Relu")), (1, onnx_node("If", "", message((1, "then_branch"), (6, inner), (20, 5)))),
                    (2, "main"), (5, weights), (5, packed), (11, message((1, "x"))), (12, message((1, "y"))))
    put("onnx", "plain.onnx", onnx(plain, (14, message((1, "author"), (2, "nobody"))), (6, "made by hand")))
    put("onnx", "python.onnx", onnx(message((1, onnx_node("PyOp", "ai.onnx.contrib", message((1, "code"), (4, "print(1)")))))))
    put("onnx", "custom.onnx", onnx(message((1, onnx_node("Thing", "acme.ops")), (1, onnx_node("Own", "local"))),
                                    (25, message((1, "Own"), (10, "local"), (7, onnx_node("Relu"))))))
    put("onnx", "external.onnx", onnx(message((5, external(("location", "w.bin"), ("offset", "16"), ("length", "16"))))))
    put("onnx", "escape.onnx", onnx(message((5, external(("location", "a/../../b"), ("offset", "-1"), ("owner", "x"))))))
    sparse = message((1, weights), (2, message((1, 1), (2, 7), (8, "i"), (9, b"\0" * 7))), (3, 4))
    put("onnx", "places.onnx", onnx(message((15, sparse)), (20, message((1, plain), (2, message((1, onnx_node("Add"))))))))
    deep = message((1, onnx_node("Relu")))
    for _ in range(120):
        deep = message((1, onnx_node("If", "", message((1, "b"), (6, deep)))))
    put("onnx", "deep.onnx", onnx(deep))
    whole = onnx(plain)
    put("onnx", "cut.onnx", whole[:-9])
    put("onnx", "two.onnx", whole + field(7, message((1, onnx_node("Add")))) + field(99, "hidden"))
    put("onnx", "varint.onnx", onnx(message((1, onnx_node("Relu")))) + b"\x28" + b"\xff" * 10 + b"\x01")


# --- TensorFlow ---

def tf_node(name, op, *attributes):
    return field(1, message((1, name), (2, op), *[(5, message((1, k), (2, v))) for k, v in attributes]))


def saved_model(graph, *more):
    info = message((4, "serve"), (5, "2.16.1"))
    return message((1, 1), (2, message((1, info), (2, graph), *more)))


def tensorflow_seeds():
    shape = message((2, message((1, 2))))
    const = tf_node("c", "Const", ("dtype", message((6, 1))), ("value", message((8, message((1, 1), (2, shape), (4, b"\0" * 8))))))
    plain = tf_node("x", "Placeholder") + const + tf_node("y", "Relu")
    put("tensorflow", "saved_model.pb", saved_model(plain, (6, message((1, message((1, "c"))), (2, "words.txt")))))
    put("tensorflow", "frozen.pb", plain + tf_node("w", "WriteFile") + tf_node("z", "AcmeOp") + tf_node("f", "own"))
    library = field(2, message((1, message((1, message((1, "own"))), (3, tf_node("p", "PyFunc")[2:])))))
    put("tensorflow", "library.pb", plain + tf_node("f", "own") + library)
    nested = tf_node("n", "Const", ("value", message((8, message((1, 7), (8, plain + tf_node("r", "ReadFile")))))))
    put("tensorflow", "nested.pb", plain + nested + tf_node("d", "DatasetFromGraph"))
    put("tensorflow", "graph.meta", message((1, message((5, "1.15.0"))), (2, plain), (6, message((2, "../x")))))
    metadata = '{"class_name":"Sequential","config":{"layers":[{"class_name":"Lambda","config":{"function":"f"}}]}}'
    put("tensorflow", "keras_metadata.pb", field(1, message((2, 1), (3, "root"), (4, "_tf_keras_sequential"), (5, metadata))))
    put("tensorflow", "fingerprint.pb", message((1, 1 << 60), (2, 1 << 61), (3, 1 << 62), (4, 1 << 63), (5, 77), (6, message((1, 1)))))
    put("tensorflow", "variables.data-00000-of-00001", b"\x00\x00\x80\x3f" * 16)
    put("tensorflow", "variables.index", b"\0\0\x06\x08\x01\x1a\x02\x08\x01" + b"\0" * 64 + struct.pack("<Q", 0xdb4775248b80fb57))
    put("tensorflow", "cut.pb", saved_model(plain)[:-4])
    for name in ("doubler", "exported"):
        folder = os.path.join(HERE, "..", "frameworks", "tensorflow-2.21.0", name, "variables")
        index, shard = (open(os.path.join(folder, file), "rb").read() for file in ("variables.index", "variables.data-00000-of-00001"))
        put("tf_checkpoint", name, struct.pack("<H", len(index)) + index + shard)


# --- Keras ---

def small(text):
    return b"\xda" + bytes([len(text)]) + text.encode()


def constants(*items):
    return b"\xa9" + bytes([len(items)]) + b"".join(items)


def code(names, texts=(), modern=True):
    """A code object as Python 3.11 (or 3.7) marshals it, by hand: it does nothing."""
    body = b"s\x04\0\0\0\x97\0d\0"
    head = b"\xe3" + struct.pack("<5I", 1, 0, 0, 3, 67) + body
    head += constants(b"N", *[small(t) for t in texts]) + constants(*[small(n) for n in names]) + constants(small("x"))
    if modern:
        return head + b"s\x01\0\0\0\x80" + small("<s>") + small("<lambda>") + small("<lambda>") + struct.pack("<I", 1) + b"s\0\0\0\0s\0\0\0\0"
    return head + b")\0)\0" + small("<s>") + small("<lambda>") + struct.pack("<I", 1) + b"s\0\0\0\0"


def keras(*layers, **more):
    return json.dumps({"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": list(layers)},
                       "registered_name": None, **more})


def layer(name, module="keras.layers", **config):
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


def lambda_layer(written):
    return layer("Lambda", function={"class_name": "__lambda__", "config": {"code": base64.b64encode(written).decode(), "defaults": None, "closure": None}})


def archive(*members, start=0):
    """A zip of stored members."""
    local, directory = b"", b""
    for name, content in members:
        fields = struct.pack("<HHHIIIIHH", 20, 0, 0, 0, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + fields[:-2] + struct.pack("<HHHHII", 0, 0, 0, 0, 0, start + len(local)) + name.encode()
        local += b"PK\3\4" + fields + name.encode() + content
    return local + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(members), len(members), len(directory), start + len(local), 0)


def keras_seeds():
    dense = layer("Dense", units=2, activation="relu", kernel_initializer=layer("GlorotUniform", "keras.initializers", seed=None))
    put("keras", "plain.json", keras(dense).encode())
    put("keras", "lambda.json", keras(dense, lambda_layer(code(["os", "system"], ["id"]))).encode())
    put("keras", "old-lambda.json", json.dumps({"class_name": "Model", "keras_version": "2.4.0", "config": {"layers": [
        {"class_name": "Lambda", "config": {"function": [base64.encodebytes(code(["abs"], (), False)).decode(), None, None], "function_type": "lambda"}}]}}).encode())
    put("keras", "module.json", keras(dense, compile_config={"loss": layer("function", "builtins", x=1) | {"config": "exec"}}).encode())
    put("keras", "foreign.json", keras(layer("Thing", "acme.layers"), layer("system", "os"), layer("get_file", "keras.utils"),
                                       layer("TFOpLambda", function="io.read_file"), layer("StringLookup", vocabulary="/etc/hosts")).encode())
    put("keras", "torch.json", keras(layer("TorchModuleWrapper") | {"config": {
        "module": base64.b64encode(b"\x80\x04cos\nsystem\n(S'id'\ntR.").decode()}}).encode())
    put("keras", "twice.json", keras(dense)[:-1].encode() + b', "class_name": "Lambda", "cl\\u0061ss_name": "Model"}')
    put("keras", "text-lambda.json", json.dumps({"class_name": "Model", "config": {"layers": [
        {"class_name": "Lambda", "config": {"function": "lambda x: x + 1"}},
        {"class_name": "Lambda", "config": {"function": "scale", "function_type": "function", "module": "acme"}}]}}).encode())
    put("keras", "metadata.json", b'{"keras_version": "3.4.1", "date_saved": "2024-07-01@10:00:00"}')
    put("keras", "broken.json", keras(dense).encode()[:-20])
    plain = keras(dense).encode()
    put("keras", "no-config.keras", archive(("metadata.json", b"{}"), ("model.weights.h5", b"x")))
    put("keras", "two-configs.keras", archive(("config.json", plain), ("metadata.json", b"{}"), ("config.json", keras(lambda_layer(code(["os"]))).encode())))
    put("keras", "model.yaml", b"backend: tensorflow\nclass_name: Sequential\nconfig:\n  layers:\n  - class_name: Lambda\n"
                               b"    config: {name: l, function: !!python/name:os.system }\nkeras_version: 2.2.4\n")


# --- HDF5 ---

class Hdf5:
    """Places structures one after another; addresses are known when they are placed."""

    def __init__(self, version=0, start=0):
        self.start, self.version = start, version
        self.data = bytearray(96 if version == 0 else 48)

    def put(self, content):
        self.data += b"\0" * (-len(self.data) % 8)
        at = len(self.data)
        self.data += content
        return at

    def heap(self, *texts):
        content, places = b"\0" * 8, []
        for text in texts:
            places.append(len(content))
            content += text.encode() + b"\0"
            content += b"\0" * (-len(content) % 8)
        data = self.put(content)
        return self.put(b"HEAP\0\0\0\0" + struct.pack("<QQQ", len(content), 0xFFFFFFFFFFFFFFFF, data)), places

    def collection(self, *values):
        content = b""
        for i, value in enumerate(values):
            content += struct.pack("<HHIQ", i + 1, 1, 0, len(value)) + value + b"\0" * (-len(value) % 8)
        content += struct.pack("<HHIQ", 0, 0, 0, 16)
        return self.put(b"GCOL\1\0\0\0" + struct.pack("<Q", len(content) + 16) + content)

    def header(self, *messages):
        body = b""
        for kind, content in messages:
            content += b"\0" * (-len(content) % 8)
            body += struct.pack("<HHB3x", kind, len(content), 0) + content
        return self.put(struct.pack("<BxHII4x", 1, len(messages), 1, len(body)) + body)

    def header2(self, *messages):
        body = b"".join(struct.pack("<BHB", kind, len(content), 0) + content for kind, content in messages)
        return self.put(b"OHDR\2\2" + struct.pack("<I", len(body)) + body + b"\0\0\0\0")

    def group(self, members, *attributes):
        heap, places = self.heap(*members)
        entries = b"".join(struct.pack("<QQII16x", place, at, 0, 0) for place, at in zip(places, members.values()))
        node = self.put(b"SNOD\1\0" + struct.pack("<H", len(members)) + entries)
        tree = self.put(b"TREE\0\0" + struct.pack("<HQQQQQ", 1, 2**64 - 1, 2**64 - 1, 0, node, places[-1] if places else 0))
        return self.header((0x11, struct.pack("<QQ", tree, heap)), *[(0x0C, one) for one in attributes])

    def finish(self, root):
        end = len(self.data)
        if self.version == 0:
            head = b"\x89HDF\r\n\x1a\n" + struct.pack("<8BHHIQQQQ", 0, 0, 0, 0, 0, 8, 8, 0, 4, 16, 0, self.start, 2**64 - 1, end, 2**64 - 1)
            head += struct.pack("<QQII16x", 0, root, 0, 0)
        else:
            head = b"\x89HDF\r\n\x1a\n" + struct.pack("<4BQQQQ", 2, 8, 8, 0, self.start, 2**64 - 1, end, root) + b"\0" * 4
        self.data[:len(head)] = head
        return b"\0" * self.start + bytes(self.data)


FLOATS = struct.pack("<B3BI", 0x11, 0x20, 0x1F, 0, 4) + struct.pack("<HHBBBBI", 0, 32, 23, 8, 0, 23, 127)
TEXTS = struct.pack("<B3BI", 0x19, 1, 0, 0, 16) + struct.pack("<B3BI", 0x13, 0, 0, 0, 1)


def space(*extents):
    return struct.pack("<BBB5x", 1, len(extents), 0) + struct.pack(f"<{len(extents)}Q", *extents)


def attribute(name, kind, extents, data):
    def wide(content):
        return content + b"\0" * (-len(content) % 8)
    written = name.encode() + b"\0"
    return struct.pack("<BxHHH", 1, len(written), len(kind), len(extents)) + wide(written) + wide(kind) + wide(extents) + data


def fixed(name, text):
    return attribute(name, struct.pack("<B3BI", 0x13, 0, 0, 0, len(text)), space(), text)


def leads_to(collection, index, size):
    return struct.pack("<IQI", size, collection, index)


def dataset(file, extents, values, *more, layout=None):
    at = file.put(values)
    place = struct.pack("<BBQQ", 3, 1, at, len(values)) if layout is None else layout
    return file.header((0x01, space(*extents)), (0x03, FLOATS), (0x08, place), *more)


def hdf5_seeds():
    def model(config, start=0, name="model_config", **more):
        file = Hdf5(start=start)
        config = config.encode()
        heap = file.collection(config, b"dense/kernel:0")
        weights = dataset(file, (2, 2), struct.pack("<4f", 1, 2, 3, 4))
        names = attribute("weight_names", TEXTS, space(1), leads_to(heap, 2, 14))
        inner = file.group({"kernel:0": weights}, names)
        return file.finish(file.group({"model_weights": inner}, attribute(name, TEXTS, space(), leads_to(heap, 1, len(config))),
                                      fixed("keras_version", b"2.15.0"), *more.get("attributes", ())))
    put("hdf5", "plain.h5", model(keras(layer("Dense", units=2))))
    put("hdf5", "lambda.h5", model(keras(lambda_layer(code(["eval"])))))
    put("hdf5", "user-block.h5", model(keras(layer("system", "os")), start=512))
    put("hdf5", "training.h5", model(json.dumps({"loss": layer("function", "numpy") | {"config": "load"}, "class_name": "x"}), name="training_config"))
    pickle = b"\x80\x04cos\nsystem\n."
    opaque = struct.pack("<B3BI", 0x15, 0, 0, 0, len(pickle))
    put("hdf5", "pickle.h5", model("{}", attributes=(attribute("extra", opaque, space(), pickle),)))
    # A short value first, and a longer one that begins where it does.
    config = keras(lambda_layer(code(["eval"]))).encode()
    file = Hdf5()
    heap = file.collection(config, pickle)
    put("hdf5", "shared.h5", file.finish(file.group({},
        attribute("training_config", TEXTS, space(), leads_to(heap, 1, 24)), attribute("model_config", TEXTS, space(), leads_to(heap, 1, len(config))),
        attribute("a", TEXTS, space(), leads_to(heap, 2, 6)), attribute("b", TEXTS, space(), leads_to(heap, 2, len(pickle))))))
    whole = model(keras(layer("Dense", units=2)))
    put("hdf5", "cut.h5", whole[:-100])
    put("hdf5", "trailing.h5", whole + b"behind")
    file = Hdf5()
    heap, places = file.heap("../../etc/passwd")
    outside = struct.pack("<B3xHHQQQQ", 1, 1, 1, heap, places[0], 0, 16)
    put("hdf5", "storage.h5", file.finish(file.group({"w": dataset(file, (4,), b"", (0x07, outside), layout=struct.pack("<BBQQ", 3, 1, 2**64 - 1, 16))})))
    file = Hdf5(version=2)
    weights = dataset(file, (4,), b"\0" * 16)
    link = struct.pack("<BBBB", 1, 8, 64, 3) + b"out" + struct.pack("<H", 12) + b"\0other.h5\0/w\0"
    hard = struct.pack("<BBB", 1, 0, 1) + b"w" + struct.pack("<Q", weights)
    put("hdf5", "link.h5", file.finish(file.header2((0x06, hard), (0x06, link))))
    file = Hdf5(version=2)
    sources = file.collection(struct.pack("<BQ", 0, 1) + b"/etc/passwd\0w\0" + b"\0" * 8)
    virtual = dataset(file, (4,), b"", layout=struct.pack("<BBQI", 4, 3, sources, 1))
    far = dataset(file, (1 << 40,), b"\0" * 16)
    loop = file.header2((0x10, struct.pack("<QQ", len(file.data), 64)))
    hard = [(0x06, struct.pack("<BBB", 1, 0, 1) + n + struct.pack("<Q", at)) for n, at in ((b"v", virtual), (b"f", far), (b"l", loop))]
    put("hdf5", "virtual.h5", file.finish(file.header2(*hard, (0x15, struct.pack("<BBQQ", 0, 0, 48, 48)))))
    file = Hdf5()
    number = struct.pack("<B3BI", 0x10, 8, 0, 0, 4) + struct.pack("<HH", 0, 32)
    inner = file.group({"w": dataset(file, (1,), b"\0" * 4)}, attribute("epochs", number, space(), struct.pack("<i", -3)),
                       attribute("shape", number, space(3), b"\0" * 12))
    put("hdf5", "named.h5", file.finish(file.group({"training_of_the_second_run": inner}, fixed("title", b"first"),
                                                   attribute("rate", FLOATS, space(), struct.pack("<f", 0.5)))))
    put("hdf5", "headless.h5", b"\x89HDF\r\n\x1a\n" + b"\xff" * 40)


def protobuf_seeds():
    put("protobuf", "set.pb", field(1, message((1, "a/b.proto"), (2, "pkg"), (4, message((1, "Thing"))), (12, "proto3"))))


# --- TensorFlow Lite ---

class Flat:
    """A FlatBuffer: tables as {index: value}, lists, bytes and texts; numbers are (width, value)."""

    def __init__(self, root, magic=b"TFL3"):
        self.data = bytearray(8)
        self.data[4:8] = magic
        self.link(0, self.table(root))

    def align(self):
        self.data += b"\0" * (-len(self.data) % 8)

    def link(self, at, target):
        self.data[at:at + 4] = struct.pack("<I", target - at)

    def value(self, value):
        if isinstance(value, dict):
            return self.table(value)
        self.align()
        at = len(self.data)
        if isinstance(value, (bytes, str)):
            content = value.encode() if isinstance(value, str) else value
            self.data += struct.pack("<I", len(content)) + content + b"\0"
        elif value and isinstance(value[0], int):
            self.data += struct.pack(f"<I{len(value)}i", len(value), *value)
        else:
            self.data += struct.pack("<I", len(value)) + b"\0" * 4 * len(value)
            for i, one in enumerate(value):
                self.link(at + 4 + 4 * i, self.value(one))
        return at

    def table(self, fields):
        self.align()
        slots = max(fields, default=-1) + 1
        vtable, size, places = len(self.data), 8, {}
        for index, value in fields.items():
            places[index] = size
            size += 8 if isinstance(value, tuple) and value[0] == 8 else 4
        self.data += struct.pack("<HH", 4 + 2 * slots, size) + b"".join(struct.pack("<H", places.get(i, 0)) for i in range(slots))
        self.align()
        at = len(self.data)
        self.data += struct.pack("<i", at - vtable) + b"\0" * (size - 4)
        for index, value in fields.items():
            here = at + places[index]
            if isinstance(value, tuple):
                self.data[here:here + value[0]] = value[1].to_bytes(value[0], "little")
            else:
                self.link(here, self.value(value))
        return at


def tflite(codes, extent=4, buffer=1, index=0, more=None, beside=None):
    tensor = {0: [extent], 1: (1, 0), 2: (4, buffer), 3: "w"}
    graph = {0: [tensor] + (beside or []), 1: [0], 2: [0], 3: [{0: (4, index), 1: [0], 2: [0]}], 4: "main"}
    return bytes(Flat({0: (4, 3), 1: codes, 2: [graph], 3: "made by hand", 4: [{}, {0: b"\0" * 16}] + (more or []),
                       6: [{0: "min_runtime_version", 1: (4, 1)}]}).data)


def tflite_seeds():
    relu = {0: (1, 19), 3: (4, 19)}
    plain = tflite([relu])
    put("tflite", "plain.tflite", plain)
    put("tflite", "custom.tflite", tflite([{0: (1, 32), 1: "AcmeOp"}, {0: (1, 32), 1: "FlexRelu"}, {0: (1, 32), 1: "Mfcc"}, {3: (4, 999)}]))
    put("tflite", "flex.tflite", tflite([{0: (1, 32), 1: "FlexWriteFile"}, {0: (1, 32), 1: "FlexPyFunc"}, {0: (1, 32), 1: "FlexNew"}]))
    put("tflite", "sizes.tflite", tflite([relu], extent=5))
    put("tflite", "negative.tflite", tflite([relu], extent=-1))
    put("tflite", "numbers.tflite", tflite([relu], buffer=7, index=3))
    put("tflite", "far-buffer.tflite", tflite([relu], more=[{1: (8, 1 << 40), 2: (8, 64)}]))
    put("tflite", "inputs.tflite", tflite([relu], beside=[{0: [257], 1: (1, 0), 2: (4, 0), 3: "in"}]))
    put("tflite", "cut.tflite", plain[:-60])
    put("tflite", "root.tflite", b"\xff\xff\xff\x7fTFL3" + plain[8:])
    put("tflite", "files.tflite", plain + archive(("labels.txt", b"a"), start=len(plain)))


# --- Models as XML ---

def xml_seeds():
    model = '<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header copyright="nobody"><Application name="Hand" version="1"/></Header>' \
            '<!-- a note --><TreeModel functionName="regression"><Node><True/></Node></TreeModel>%s</PMML>'
    put("model_xml", "plain.pmml", ('<?xml version="1.0" encoding="UTF-8"?>\n' + model % "<![CDATA[<x>]]>").encode())
    put("model_xml", "entity.pmml", ('<!DOCTYPE PMML [<!ENTITY e SYSTEM "file:///x"><!ENTITY % p PUBLIC "a" "http://h/x">]>' + model % "&e;").encode())
    put("model_xml", "wide.pmml", ('<!DOCTYPE PMML SYSTEM "x.dtd" [<!ELEMENT a (b)><!ENTITY e SYSTEM "y">]>' + model % "&e;").encode("utf-16"))
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 12 if i else "ha"}">' for i in range(8))
    put("model_xml", "laughs.pmml", (f"<!DOCTYPE x [{laughs}]>" + model % "&a7;").encode())
    put("model_xml", "include.pmml", (model % '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/hosts"/>').encode())
    put("model_xml", "cut.pmml", (model % "")[:-20].encode())
    put("model_xml", "deep.pmml", (model % ("<a>" * 600 + "</a>" * 600)).encode())
    layer = '<layer id="%d" name="c" type="%s" version="%s"><data offset="%s" size="%s" element_type="f32" shape="2,3"/></layer>'
    net = '<?xml version="1.0"?><net name="m" version="11"><layers>%s</layers><edges/></net>'
    put("model_xml", "plain.xml", (net % (layer % (0, "Const", "opset1", "0", "24"))).encode())
    put("model_xml", "range.xml", (net % (layer % (0, "Const", "opset1", "99999999999999999999", "24") + layer % (1, "Const", "opset1", "0", "23"))).encode())
    put("model_xml", "extension.xml", (net % (layer % (0, "Own", "acme", "0", "1"))).encode())


if __name__ == "__main__":
    onnx_seeds()
    tensorflow_seeds()
    keras_seeds()
    hdf5_seeds()
    protobuf_seeds()
    tflite_seeds()
    xml_seeds()
