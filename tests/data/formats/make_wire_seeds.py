#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of R, MessagePack, UBJSON, XGBoost and LightGBM. All invented; the same bytes on every run."""
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
NIL = struct.pack(">I", 254)


def put(folder, name, content):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as stream:
        stream.write(content)


def words(*values):
    return b"".join(struct.pack(">I", value) for value in values)


def chars(text):
    return words(9 | 64 << 12, len(text)) + text.encode()


def symbol(name):
    return words(1) + chars(name)


def r_head(version):
    return b"X\n" + words(version, 0x040301, 0x030500) + (words(5) + b"UTF-8" if version == 3 else b"")


def rds():
    names = words(2 | 1 << 10) + symbol("names") + words(16, 2) + chars("number") + chars("label") + NIL
    frame = words(19 | 1 << 9, 2, 14, 1) + struct.pack(">d", 1.5) + words(16, 1) + chars("words here") + names
    call = words(6) + symbol("system") + words(2, 16, 1) + chars("id") + NIL
    put("rds", "frame.rds", r_head(3) + frame)
    put("rds", "promise.rds", r_head(2) + words(5 | 1 << 10, 253, 252) + call)
    put("rds", "set.rda", b"RDX2\n" + r_head(2) + words(2 | 1 << 10) + symbol("a") + frame + NIL)
    put("rds", "code.rds", r_head(2) + words(21, 1, 13, 2, 12, 1, 2, 6) + NIL + words(0) + symbol("f") + words(0) + NIL
        + words(16, 16, 0))
    put("rds", "words.rds", b"A\n2\n262913\n131840\n5\n252\n6\n1\n9\n1\nf\n254\n")
    put("rds", "long.rds", r_head(2) + words(14, 0xFFFFFFFF, 3, 0))


def text(value):
    return bytes([0xA0 + len(value)]) + value.encode()


def array(dtype, count, data, extension=1):
    inside = b"\x93\x91" + bytes([count]) + text(dtype) + b"\xc4" + bytes([len(data)]) + data
    return b"\xc7" + bytes([len(inside), extension]) + inside


def msgpack():
    def pack(value):
        return b"\x82" + text("params") + b"\x81" + text("kernel") + value + text("step") + b"\x07"
    put("msgpack", "plain.msgpack", pack(array("float32", 2, b"\0" * 8)))
    put("msgpack", "object.msgpack", pack(array("object", 1, b"\x80\x02cos\nsystem\nX\2\0\0\0id\x85R.")))
    put("msgpack", "extension.msgpack", pack(array("int8", 1, b"\1", 77)))
    put("msgpack", "count.msgpack", b"\x81" + text("a") + b"\xdd\x7f\xff\xff\xff")


def name(value):
    return b"L" + struct.pack(">Q", len(value)) + value.encode()


def ubjson():
    def put_model(file, value):
        put("ubjson", file, b"{" + name("learner") + b"{" + name("left_children") + value + b"}}")
    put_model("plain.ubj", b"[$l#L" + struct.pack(">Qii", 2, 1, -1))
    put_model("child.ubj", b"[$l#L" + struct.pack(">Qii", 2, 9, -1))
    put_model("nothing.ubj", b"[$N#L" + struct.pack(">q", 2**63 - 1))
    put_model("mixed.ubj", b"[#i\3i\1Si\3abcT")


def xgboost():
    def tree(left):
        return {"left_children": [left, -1, -1], "right_children": [2, -1, -1], "tree_param": {"num_nodes": "3"}}

    def model(trees, left):
        return json.dumps({"learner": {
            "attributes": {"note": "made by hand"}, "feature_names": [], "gradient_booster": {
                "model": {"gbtree_model_param": {"num_trees": trees}, "trees": [tree(left)]}, "name": "gbtree"},
            "learner_model_param": {"num_feature": "2", "num_class": "0"}, "objective": {"name": "reg:squarederror"}},
            "version": [3, 0, 5]}).encode()
    put("xgboost", "plain.json", model("1", 1))
    put("xgboost", "child.json", model("1", 9))
    put("xgboost", "trees.json", model("7", 1))

    def text(word):
        return struct.pack("<Q", len(word)) + word

    def binary(child, attributes=b"made by hand"):
        nodes = b"".join(struct.pack("<iiiIf", *node) for node in ((-1, child, 2, 0, .5), (0, -1, -1, 0, 1), (0, -1, -1, 0, 2)))
        return (b"binf" + struct.pack("<fIiiiII", .5, 2, 0, 1, 0, 1, 6) + bytes(108) + text(b"reg:squarederror") + text(b"gbtree")
                + struct.pack("<i", 1) + bytes(156) + struct.pack("<6i", 1, 3, 0, 0, 2, 1) + bytes(124) + nodes + bytes(48)
                + struct.pack("<i", 0) + struct.pack("<Q", 1) + text(b"note") + text(attributes))
    put("xgboost", "plain.model", binary(1))
    put("xgboost", "child.model", binary(3))
    put("xgboost", "cut.model", binary(1)[:-20])


def lightgbm():
    def model(sizes, leaves):
        return (f"tree\nversion=v4\nnum_class=1\nmax_feature_idx=1\nfeature_names=a b\ntree_sizes={sizes}\n\nTree=0\n"
                f"num_leaves={leaves}\nnum_cat=0\nleft_child=-1\nright_child=-2\nleaf_value=0.1 0.2\n\nend of trees\n").encode()
    put("lightgbm", "plain.txt", model("60", 2))
    put("lightgbm", "leaves.txt", model("60", 1000000))
    put("lightgbm", "sizes.txt", model("60 99999999999", 2))


if __name__ == "__main__":
    rds()
    msgpack()
    ubjson()
    xgboost()
    lightgbm()
