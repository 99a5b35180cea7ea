#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of the formats of models that are read as they lie: safetensors, GGUF, templates, configurations. All
invented; the same bytes on every run."""
import json
import io
import os
import struct
import zipfile

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


def gguf_text(value, order="<", wide=True):
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack(order + ("Q" if wide else "I"), len(raw)) + raw


def gguf(values, tensors, data=b"", version=3, order="<", alignment=32):
    """values: (key, type, packed value); tensors: (name, extents, type, offset)."""
    wide = version > 1
    count = order + ("Q" if wide else "I")
    out = b"GGUF" + struct.pack(order + "I", version) + struct.pack(count, len(tensors)) + struct.pack(count, len(values))
    for key, kind, value in values:
        out += gguf_text(key, order, wide) + struct.pack(order + "I", kind) + value
    for name, extents, kind, offset in tensors:
        out += gguf_text(name, order, wide) + struct.pack(order + "I", len(extents))
        out += b"".join(struct.pack(count, extent) for extent in extents) + struct.pack(order + "IQ", kind, offset)
    return out + b"\0" * (-len(out) % alignment) + data if tensors or data else out


CHAT = "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}{% endfor %}"


def ggufs():
    arch = ("general.architecture", 8, gguf_text("llama"))
    numbers = [("a.u8", 0, b"\1"), ("a.i8", 1, b"\xff"), ("a.u16", 2, b"\1\0"), ("a.i16", 3, b"\xfe\xff"), ("llama.block_count", 4, struct.pack("<I", 2)),
               ("a.i32", 5, struct.pack("<i", -5)), ("a.f32", 6, struct.pack("<f", 0.5)), ("a.bool", 7, b"\1"), ("a.u64", 10, struct.pack("<Q", 9)),
               ("a.i64", 11, struct.pack("<q", -9)), ("a.f64", 12, struct.pack("<d", 0.25)), ("general.alignment", 4, struct.pack("<I", 64))]
    words = ("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2) + gguf_text("<s>") + gguf_text("a"))
    scores = ("tokenizer.ggml.scores", 9, struct.pack("<IQ", 6, 2) + struct.pack("<ff", 0, 1))
    chat = ("tokenizer.chat_template", 8, gguf_text(CHAT))
    put("gguf", "whole.gguf", gguf([arch, *numbers, words, scores, chat], [("a.weight", [32, 2], 2, 0), ("b", [4], 0, 64)],
                                   b"\0" * 64 + b"\0" * 16, alignment=64))
    put("gguf", "first.gguf", gguf([("general.name", 8, gguf_text("one", wide=False))], [("a", [4], 24, 0)], b"abcd", version=1))
    put("gguf", "big.gguf", gguf([("general.name", 8, gguf_text("big", ">"))], [("a", [2], 0, 0)], b"\0" * 8, order=">"))
    put("gguf", "count.gguf", gguf([arch], [])[:8] + struct.pack("<QQ", 1 << 61, 1) + gguf([arch], [])[24:])
    put("gguf", "array.gguf", gguf([("a", 9, struct.pack("<IQ", 4, 1 << 62)), arch], []))
    put("gguf", "named.gguf", gguf([arch, ("tokenizer.chat_template.tool", 8, gguf_text("{{ x['__cl' ~ 'ass__'] }}"))], []))


def templates():
    """Those of tests/golden/rules/templates, one file each."""
    folder = os.path.join(HERE, "..", "..", "golden", "rules", "templates")
    for name in ("harmful", "harmless"):
        with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as stream:
            parts = stream.read().split("\n--- ")[1:]
        for number, part in enumerate(parts):
            if number % (3 if name == "harmful" else 5) == 0:
                put("templates", f"{name}-{number:02}.jinja", part.split("\n", 1)[1])
    put("jinja", "plain.jinja", CHAT + "\n")
    put("jinja", "broken.jinja", "{% if a %}{{ b|c(d=[1, {'e': f}[2:3]]) is not g }}{# h #}{% raw %}{{{% endraw %}{{ messages")


def configurations():
    def text(value):
        return json.dumps(value, indent=1)
    put("hub", "config.json", text({"auto_map": {"AutoModel": "m.X"}, "chat_template": "{{ a }}", "transformers_version": "4"}))
    put("hub", "twice.json", '{"auto_map":{},"auto_map":{"A":["o/r--m.X",null]},"custom_pipelines":{"a":{"impl":"b.C"}},"trust_remote_code":true}')
    put("hub", "templates.json", text({"chat_template": [{"name": "a", "template": "{{ x }}"}, {"name": "b", "template": "{% if y %}"}], "tokenizer_class": "X"}))
    put("hub", "index.json", text({"weight_map": {"a": "../b.bin", "c": "d.safetensors"}}))
    put("hub", "modules.json", '[{"idx":0,"type":"a.B","trust_remote_code":true,"_target_":"os.system","base_model":"../a"}]')
    put("hub", "broken.json", '{"peft_type": "x", "chat_template": "\\u007b{ a', )


def whole(metadata, parts, trailing=b""):
    """A safetensors file of (name, dtype, shape, bytes)."""
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, dtype, shape, piece in parts:
        header[name] = entry(dtype, shape, len(data), len(data) + len(piece))
        data += piece
    return tensors(header, data + trailing)


def floats(*values):
    return struct.pack(f"<{len(values)}f", *values)


def checkpoint(folder, numbers, call=b"", comment=b""):
    """A checkpoint as torch.save writes it: one tensor "w" of two by two."""
    text = lambda word: b"X" + struct.pack("<I", len(word)) + word
    stream = (b"\x80\x02}" + text(b"w") + b"ctorch._utils\n_rebuild_tensor_v2\n((" + text(b"storage") + b"ctorch\nFloatStorage\n"
              + text(b"0") + text(b"cpu") + b"K\x04tQK\0K\x02K\x02\x86K\x02K\x01\x86\x89ccollections\nOrderedDict\n)RtRs" + call + b".")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (("data.pkl", stream), ("byteorder", b"little"), ("data/0", numbers), ("version", b"3\n")):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", (2020, 1, 1, 0, 0, 0)), content)
        archive.comment = comment
    return out.getvalue()


def chatting(template, name):
    return gguf([("general.architecture", 8, gguf_text("llama")), ("general.name", 8, gguf_text(name)),
                 ("tokenizer.chat_template", 8, gguf_text(template))], [("a", [4], 0, 0)], floats(1, 2, 3, 4))


def compared():
    """Two versions of a folder of models, and of one file."""
    golden = os.path.join("..", "..", "golden", "cli")
    lines = "{% for m in messages %}\n<|{{ m['role'] }}|>\n{{ m['content'] }}\n{% endfor %}"
    reaching = lines.replace("\n{{", "\n{{ m.__class__.__mro__ }}\n{{", 1)
    old = whole({"format": "pt", "note": "first"}, [("w", "F32", [2, 2], floats(1, 2, 3, 4)), ("gone", "F32", [1], floats(0)),
                                                    ("same", "I64", [1], struct.pack("<q", 7)), ("d", "F32", [2], floats(1, 2))])
    new = whole({"author": "someone", "format": "pt"}, [("w", "F32", [2, 2], floats(1, 2.5, 3, float("nan"))), ("came", "U8", [3], b"abc"),
                                                        ("same", "I64", [1], struct.pack("<q", 7)), ("d", "F16", [2], struct.pack("<2e", 1, 2))])
    call = b"cos\nsystem\nX\2\0\0\0id\x85R0"
    for side, parts in (("old", [("m.safetensors", old), ("m.gguf", chatting(lines, "one")), ("m.pt", checkpoint("m", floats(1, 2, 3, 4)))]),
                        ("new", [("m.safetensors", new), ("m.gguf", chatting(reaching, "two")), ("m.pt", checkpoint("m2", floats(1, 2, 3, 5), call))])):
        for name, content in parts:
            put(os.path.join(golden, "diff_models", "input", side), name, content)
    put(os.path.join(golden, "diff_model_json", "input"), "old.safetensors", old)
    put(os.path.join(golden, "diff_model_json", "input"), "new.safetensors", new)


def stripped():
    """Files with something in them that nobody needs, for the command line's cases."""
    golden = os.path.join("..", "..", "golden", "cli")
    reaching = "{{ x.__class__.__mro__ }}{{ messages }}"
    values = [("general.architecture", 8, gguf_text("llama")), ("general.author", 8, gguf_text("someone")),
              ("general.alignment", 4, struct.pack("<I", 64)), ("tokenizer.chat_template", 8, gguf_text(reaching))]
    model = gguf(values, [("a", [4], 0, 0), ("b", [2], 0, 64)], floats(1, 2, 3, 4) + b"hidden in padding".ljust(48, b"\0") + floats(5, 6),
                 alignment=64) + b"\0" * 56 + b"and behind the end"
    put(os.path.join(golden, "strip_preview", "input"), "model.gguf", model)
    put(os.path.join(golden, "strip_write", "input"), "model.gguf", model)
    plain = whole({"format": "pt", "author": "someone"}, [("w", "F32", [2], floats(1, 2))], b"behind the end")
    put(os.path.join(golden, "strip_json", "input"), "model.safetensors", plain)
    put(os.path.join(golden, "strip_key", "input"), "model.safetensors", plain)
    put(os.path.join(golden, "strip_zip", "input"), "model.pt", checkpoint("model", floats(1, 2, 3, 4), comment=b"made by someone") + b"behind")
    put(os.path.join(golden, "strip_refused", "input"), "model.safetensors",
        tensors({"a": entry("U8", [6], 0, 6), "b": entry("U8", [6], 2, 8)}, b"\1" * 8))


def main():
    compared()
    stripped()
    safetensors()
    ggufs()
    templates()
    configurations()


if __name__ == "__main__":
    main()
