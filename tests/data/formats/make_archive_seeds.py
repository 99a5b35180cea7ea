#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the small tar, 7z and PyTorch files beside it, without PyTorch and without an archiver: first food for the
fuzzers and input of tests. All invented; the same bytes on every run. Nothing is ever loaded."""
import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from make_seeds import put

HARMLESS = b"(lp0\nI1\naI2\na."


def tar(members, form=tarfile.GNU_FORMAT, **more):
    """members: (name, content, settings of TarInfo)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, **more) as archive:
        for name, content, *settings in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in (settings[0] if settings else {}).items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(content))
    data = out.getvalue().rstrip(b"\0")  # archives are filled up to 10 kB
    return data + bytes(-len(data) % 512 + 1024)


def checked(block):
    """A header with its checksum put right."""
    block = bytearray(block)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def tars():
    plain = tar([("a/data.txt", b"words\n"), ("b.pkl", HARMLESS)])
    put("tar", "plain.tar", plain)
    put("tar", "posix.tar", tar([("d\u00e9/" + "n" * 120, b"x")], tarfile.PAX_FORMAT, pax_headers={"comment": "none"}))
    put("tar", "long.tar", tar([("n" * 200 + "/m", b"x"), ("l", b"", {"type": tarfile.SYMTYPE, "linkname": "t" * 150})]))
    put("tar", "links.tar", tar([("in", b"", {"type": tarfile.SYMTYPE, "linkname": "a/../b"}),
                                 ("out", b"", {"type": tarfile.SYMTYPE, "linkname": "../../x"}), ("out/f", b"1"),
                                 ("hard", b"", {"type": tarfile.LNKTYPE, "linkname": "/etc/x"}),
                                 ("pipe", b"", {"type": tarfile.FIFOTYPE}), ("../up", b"2")]))
    put("tar", "old.tar", checked(plain[:257] + b"\0" * 8 + plain[265:512]) + plain[512:1024] + b"\0" * 1024)
    put("tar", "twice.tar", tar([("one", b"1")])[:2048] + tar([("two", b"2")])[:2048])
    put("tar", "cut.tar", plain[:1030])
    wide = bytearray(plain[:512])
    wide[124:136] = b"\x80" + (5).to_bytes(11, "big")
    put("tar", "base256.tar", checked(wide) + b"words".ljust(512, b"\0") + b"\0" * 1024)
    sparse = bytearray(plain[:512])
    sparse[156:157] = b"S"
    sparse[482:483] = b"\1"
    put("tar", "sparse.tar", checked(sparse) + b"\0" * 512 + b"words\n".ljust(512, b"\0") + b"\0" * 1024)
    hidden = tar([("hidden.pkl", HARMLESS)])[:1024]
    pax = tar([("short", b"s" * 512 + hidden)], tarfile.PAX_FORMAT, pax_headers={})
    record = b"13 size=1536\n"
    head = bytearray(tar([("x", b"")])[:512])
    head[156:157] = b"x"
    head[124:136] = b"%011o\0" % len(record)
    own = bytearray(pax[:512])
    own[124:136] = b"%011o\0" % 512
    put("tar", "two-sizes.tar", checked(head) + record.ljust(512, b"\0") + checked(own) + pax[512:2048] + b"\0" * 1024)
    broken = bytearray(plain)
    broken[1024] ^= 1
    put("tar", "checksum.tar", bytes(broken))


def wide(value):
    """A number of 7z: the first byte says how many bytes follow."""
    for extra in range(8):
        if value < 1 << (7 * (extra + 1)):
            first = (0xFF << (8 - extra) & 0xFF) | value >> (8 * extra)
            return bytes([first]) + (value & ((1 << 8 * extra) - 1)).to_bytes(extra, "little")
    return b"\xff" + value.to_bytes(8, "little")


RAW = {"lzma": {"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}, "lzma2": {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}}


def coders(method):
    """The folder of one method: its coders, and how they are bound."""
    one = {"copy": b"\x01\x00", "lzma": b"\x23\x03\x01\x01\x05\x5d\x00\x00\x01\x00", "lzma2": b"\x21\x21\x01\x08",
           "deflate": b"\x03\x04\x01\x08", "bzip2": b"\x03\x04\x02\x02", "ppmd": b"\x23\x03\x04\x01\x05\x06\x00\x00\x01\x00",
           "aes": b"\x24\x06\xf1\x07\x01\x02\x53\x07"}
    if method == "bcj":
        return b"\x02\x04\x03\x03\x01\x03" + one["lzma"] + b"\x00\x01", 2
    return b"\x01" + one[method], 1


def packed_by(method, data):
    if method == "deflate":
        made = zlib.compressobj(9, zlib.DEFLATED, -15)
        return made.compress(data) + made.flush()
    if method == "bzip2":
        return bz2.compress(data)
    if method == "bcj":
        return lzma.compress(data, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_X86}, RAW["lzma"]])
    return lzma.compress(data, lzma.FORMAT_RAW, filters=[RAW[method]]) if method in RAW else data


def folder_info(method, data, at):
    packed = packed_by(method, data)
    body, outputs = coders(method)
    info = (b"\x06" + wide(at) + b"\x01\x09" + wide(len(packed)) + b"\x00" + b"\x07\x0b\x01\x00" + body + b"\x0c"
            + wide(len(data)) * outputs + b"\x0a\x01" + struct.pack("<I", zlib.crc32(data)) + b"\x00")
    return packed, info


def seven(members, method="lzma2", header_method=None, attributes=None):
    data = b"".join(content for _, content in members)
    packed, info = folder_info(method, data, 0)
    sizes = b"".join(wide(len(content)) for _, content in members[:-1])
    sums = b"".join(struct.pack("<I", zlib.crc32(content)) for _, content in members)
    parts = b"\x08\x0d" + wide(len(members)) + (b"\x09" + sizes if sizes else b"") + (b"\x0a\x01" + sums if len(members) > 1 else b"") + b"\x00"
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name, _ in members)
    files = b"\x05" + wide(len(members)) + b"\x11" + wide(len(names)) + names
    if attributes:
        files += b"\x15" + wide(2 + 4 * len(attributes)) + b"\x01\x00" + b"".join(struct.pack("<I", a) for a in attributes)
    header = b"\x01\x04" + info + parts + b"\x00" + files + b"\x00\x00"
    if header_method:
        more, info = folder_info(header_method, header, len(packed))
        packed += more
        header = b"\x17" + info + b"\x00"
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def sevens():
    members = [("a/b.pkl", HARMLESS), ("c.txt", b"words " * 40)]
    for method in ("copy", "lzma", "lzma2", "deflate", "bzip2", "bcj", "ppmd", "aes"):
        put("sevenzip", method + ".7z", seven(members, method))
    put("sevenzip", "packed-header.7z", seven(members, "lzma2", "lzma"))
    put("sevenzip", "locked-header.7z", seven(members, "copy", "aes"))
    put("sevenzip", "up.7z", seven([("../up", b"1"), ("l", b"/etc/x")], "copy", attributes=[0x20, 0xA1FF8020]))
    put("sevenzip", "behind.7z", seven(members) + b"hidden")
    put("sevenzip", "cut.7z", seven(members)[:-30])
    put("sevenzip", "empty.7z", b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(bytes(20))) + bytes(20))


def stored_zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def packed_zip(name, method, packed, content):
    """One member, packed by a method that zipfile may not have."""
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    name = name.encode()
    local = b"PK\3\4" + struct.pack("<HHHHH", 63, 2 if method == 14 else 0, method, 0, 33) + sizes + struct.pack("<HH", len(name), 0)
    entry = (b"PK\1\2" + struct.pack("<HHHHHH", 63, 63, 2 if method == 14 else 0, method, 0, 33) + sizes
             + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name)
    out = local + name + packed
    return out + entry + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(out), 0)


def lz4_block(data):
    """Of literals only."""
    size = len(data)
    more = b"" if size < 15 else b"\xff" * ((size - 15) // 255) + bytes([(size - 15) % 255])
    return bytes([min(size, 15) << 4]) + more + data


def old_frames():
    """What lz4 wrote before it had frames, and frames of user data, which readers of Zstandard and LZ4 pass over."""
    call = b"cos\nsystem\n(S'echo'\ntR."
    skip = lambda data, kind=0: struct.pack("<II", 0x184D2A50 + kind, len(data)) + data
    frame = b"\x28\xb5\x2f\xfd\x20" + bytes([len(call)]) + struct.pack("<I", len(call) << 3 | 1)[:3] + call
    lz4 = b"\x04\x22\x4d\x18\x60\x40\x82" + struct.pack("<I", len(call) | 1 << 31) + call + bytes(4)
    block = lambda data: struct.pack("<I", len(lz4_block(data))) + lz4_block(data)
    legacy = b"\x02\x21\x4c\x18"
    put("compressed", "skip.zst", skip(b"A" * 8) + skip(b"", 15) + frame + skip(bytes(9)))
    put("compressed", "skip.lz4", skip(b"A" * 8, 3) + lz4)
    put("compressed", "skip-call.zst", skip(call) + frame.replace(call, b"N" * (len(call) - 1) + b"."))
    put("compressed", "skip-cut.zst", frame + skip(b"A" * 8)[:-2])
    put("compressed", "skip-only.zst", skip(b"A" * 8))
    put("compressed", "legacy.lz4", legacy + block(call[:9]) + block(call[9:]))
    put("compressed", "legacy-twice.lz4", legacy + block(call[:9]) + legacy + block(call[9:]))
    put("compressed", "legacy-cut.lz4", legacy + block(call)[:-3])


def rare_methods():
    call = b"cos\nsystem\n(S'echo'\ntR."
    raw = [{"id": lzma.FILTER_LZMA1, "dict_size": 5_000}]  # a window that no .lzma file has
    for end, name in ((True, "lzma.pt"), (False, "lzma-endless.pt")):
        packed = lzma.compress(call, lzma.FORMAT_RAW, filters=raw)
        properties = b"\x5d" + struct.pack("<I", 5_000)
        put("zip", name, packed_zip("m/data.pkl", 14, b"\x09\x04\5\0" + properties + (packed if end else packed[:-5]), call))
    frame = b"\x28\xb5\x2f\xfd\x20" + bytes([len(call)]) + struct.pack("<I", len(call) << 3 | 1)[:3] + call
    put("zip", "zstd.pt", packed_zip("m/data.pkl", 93, frame, call))
    put("zip", "zstd-old.pt", packed_zip("m/data.pkl", 20, frame, call))
    put("zip", "xz.pt", packed_zip("m/data.pkl", 95, lzma.compress(call), call))
    put("zip", "other.pt", packed_zip("m/data.pkl", 77, frame, call))


class Pickle:
    """Just enough of a pickler of protocol 2 to write what torch.save writes."""

    def __init__(self):
        self.out = b"\x80\x02"

    def text(self, value):
        data = value.encode()
        self.out += b"X" + struct.pack("<I", len(data)) + data

    def number(self, value):
        self.out += b"K" + bytes([value]) if 0 <= value < 256 else b"J" + struct.pack("<i", value)

    def name(self, module, name):
        self.out += b"c" + module.encode() + b"\n" + name.encode() + b"\n"

    def numbers(self, values):
        self.out += b"("
        for value in values:
            self.number(value)
        self.out += b"t"

    def ordered(self):
        self.name("collections", "OrderedDict")
        self.out += b")R"

    def tensor(self, key, count, shape, strides, offset=0, kind="FloatStorage", legacy=False):
        self.name("torch._utils", "_rebuild_tensor_v2")
        self.out += b"(("
        self.text("storage")
        self.name("torch", kind)
        self.text(key)
        self.text("cpu")
        self.number(count)
        self.out += (b"N" if legacy else b"") + b"tQ"
        self.number(offset)
        self.numbers(shape)
        self.numbers(strides)
        self.out += b"\x89"
        self.ordered()
        self.out += b"tR"

    def stop(self):
        return self.out + b"."


def weights(legacy=False, **changes):
    """A state dict in a dict: two tensors in one storage, one of halves in another."""
    made = Pickle()
    made.out += b"}("
    made.text("epoch")
    made.number(3)
    made.text("state_dict")
    made.ordered()
    made.out += b"("
    made.text("layer.weight")
    made.tensor("0", changes.get("count", 8), (2, 3), (3, 1), legacy=legacy)
    made.text("layer.bias")
    made.tensor("0", changes.get("count", 8), (2,), (1,), changes.get("offset", 6), legacy=legacy)
    made.text("scale")
    made.tensor("1", 4, (4,), (1,), kind="HalfStorage", legacy=legacy)
    made.out += b"uu"
    return made.stop()


def checkpoint(pickle, first=bytes(32), second=bytes(8), more=()):
    return stored_zip([("model/data.pkl", pickle), ("model/byteorder", b"little"), ("model/data/0", first),
                       ("model/data/1", second), ("model/version", b"3\n"), *more])


def old_checkpoint(keys=("0", "1"), counts=(8, 4)):
    def stream(body):
        return b"\x80\x02" + body + b"."
    out = stream(b"\x8a\x0a" + bytes.fromhex("6cfc9c46f9206aa85019"))  # the magic number
    out += stream(b"M\xe9\x03")
    info = Pickle()
    info.out += b"}("
    info.text("protocol_version")
    info.number(1001)
    info.text("little_endian")
    info.out += b"\x88u"
    out += info.stop() + weights(legacy=True)
    names = Pickle()
    names.out += b"]("
    for key in keys:
        names.text(key)
    names.out += b"e"
    out += names.stop()
    return out + struct.pack("<q", counts[0]) + bytes(32) + struct.pack("<q", counts[1]) + bytes(8)


def torches():
    put("zip", "torch.pt", checkpoint(weights()))
    put("zip", "torch-slack.pt", checkpoint(weights(), bytes(40), bytes(2), [("model/data/7", b"hidden")]))
    put("pickle", "torch_outside.pkl", weights(offset=60))
    put("pickle", "torch_old.pth", old_checkpoint())
    put("pickle", "torch_old_cut.pth", old_checkpoint()[:-20])
    put("zip", "torchscript.pt", stored_zip([
        ("net/data.pkl", b"\x80\x02c__torch__\nNet\n)\x81}b."), ("net/constants.pkl", b"\x80\x02)."),
        ("net/code/__torch__.py", "class Net(Module):\n  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n"
                                  "    torch.save(x, \"out.pt\")\n    return torch.add(x, 1)\n"), ("net/version", "3\n")]))
    # Loaders of TorchScript read the constants as well; a second data.pkl is what the last entry of a directory leads to.
    call = b"\x80\x02cos\nsystem\nX\x04\0\0\0echo\x85R."
    put("zip", "torchscript-constants.pt", stored_zip([
        ("net/data.pkl", b"\x80\x02c__torch__\nNet\n)\x81}b."), ("net/constants.pkl", call), ("net/version", "3\n")]))
    put("zip", "torch-twice.pt", stored_zip([
        ("net/data.pkl", b"\x80\x02}."), ("net/data.pkl", call), ("net/version", "3\n")]))
    put("zip", "package.pt", stored_zip([
        ("p/.data/python_version", "3.11"), ("p/.data/extern_modules", "os\n"),
        ("p/evil.py", "import os as o\n\nclass Net:\n    width = o.system(\"echo\")\n"),
        ("p/later.py", "import subprocess\n\ndef build():\n    subprocess.run([\"echo\"])\n"),
        ("p/net.py", "import torch\n\nclass Net(torch.nn.Module):\n    layer = torch.nn.Linear(2, 2)\n"),
        ("p/model/model.pkl", b"\x80\x02ctorch_package_0.net\nNet\n)R."), ("p/version", "3\n")]))
    put("executorch", "head.pte", struct.pack("<I", 48) + b"ET12" + b"eh00" + struct.pack("<IQQ", 24, 64, 64) + bytes(48))
    put("executorch", "lies.pte", struct.pack("<I", 9999) + b"ET12" + b"eh00" + struct.pack("<IQQ", 24, 1 << 40, 64) + bytes(8))


if __name__ == "__main__":
    tars()
    sevens()
    torches()
    rare_methods()
    old_frames()
