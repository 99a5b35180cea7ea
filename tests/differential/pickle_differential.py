#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up pickle programs through Cupel's machine, through pickletools, and through CPython's C unpickler with a class
that stands in for everything that a program asks for. The three have to agree about where opcodes lie, where loading stops
or fails, and which names were asked for until then. Only programs made here are ever loaded.

  pickle_differential.py LISTING [--count N] [--seed N]
"""
import _compat_pickle
import argparse
import collections
import io
import itertools
import pickle
import pickletools
import random
import struct
import subprocess
import sys

NAMES = ("json loads", "collections OrderedDict", "a.b c", "os path", "__builtin__ xrange", "copy_reg _reconstructor",
         "exceptions IOError", "math pi")
TEXTS = ("", "a", "name", "os", "path", "x" * 30, "\u00e9", "\u20ac")


class Stub:
    """Whatever a program imports, calls or builds."""

    def __init__(self, *args, **kwargs):
        pass

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __call__(self, *args, **kwargs):
        return Stub()

    def __setstate__(self, state):
        pass

    def __setitem__(self, key, value):
        pass

    def append(self, value):
        pass

    def extend(self, values):
        pass

    def add(self, value):
        pass


class Loader(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream, buffers=itertools.repeat(b"buffer"))
        self.names = []
        self.instances = []

    def find_class(self, module, name):
        if (module, name) not in self.names:
            self.names.append((module, name))
        return Stub

    def persistent_load(self, pid):
        return Stub()


def counted(width, data):
    return len(data).to_bytes(width, "little") + data


class Maker:
    """Writes programs that are mostly in order: it knows roughly what lies on the stack."""

    def __init__(self, rng):
        self.rng = rng

    def text(self):
        rng = self.rng
        data = rng.choice(TEXTS).encode()
        return rng.choice((b"\x8c" + counted(1, data), b"X" + counted(4, data), b"\x8d" + counted(8, data),
                           b"V" + rng.choice((b"abc", b"\\u0041b", b"\\U00000041", b"\\\\u0041", b"\\u12")) + b"\n",
                           b"S" + rng.choice((b"'abc'", b'"a\\x41"', b"'\\n\\101'", b"'", b"abc", b"'a\"")) + b"\n",
                           b"U" + counted(1, b"plain"), b"T" + counted(4, b"plain")))

    def scalar(self):
        rng = self.rng
        number = rng.choice((0, 1, 255, 65535, 1 << 31, 1 << 63, 12345))
        long_ = number.to_bytes(9, "little")
        return rng.choice((b"N", b"\x88", b"\x89", b"K" + bytes([number & 255]), b"M" + struct.pack("<H", number & 65535),
                           b"J" + struct.pack("<i", rng.randint(-2**31, 2**31 - 1)), b"G" + struct.pack(">d", rng.random()),
                           b"I" + rng.choice((b"0", b"1", b"00", b"01", b"-5", b"0x1f", b"017", b"9" * 30, b"1_0", b"x", b"", b" 7", b"7 ",
                                               b"\0", b"7\0x", b"\0" + b"1", b" " * 70 + b"012", b"0" * 70 + b"12"))
                           + b"\n",
                           b"L" + rng.choice((b"5L", b"5", b"-7L", b"0xffL", b"L", b"1" * 40 + b"L", b"08L", b"x", b"5\0L", b"\0", b"5\0xL")) + b"\n",
                           b"F" + rng.choice((b"1.5", b"-1e9", b"inf", b"nan", b"x", b"", b"1\0x", b"\0", b"0" * 1_100 + b"1")) + b"\n",
                           b"\x8a" + counted(1, long_[:rng.randint(0, 9)]), b"\x8b" + counted(4, long_),
                           b"B" + counted(4, b"bytes"), b"C" + counted(1, b"bytes"), b"\x8e" + counted(8, b"bytes"),
                           b"\x97"))

    def name(self):
        module, name = self.rng.choice(NAMES).encode().split(b" ")
        if self.rng.random() < 0.5:
            return b"c" + module + b"\n" + name + b"\n"
        memo = self.rng.choice((b"", b"\x94"))
        return b"\x8c" + counted(1, module) + memo + b"\x8c" + counted(1, name) + b"\x93"

    def piece(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.30:
            return rng.choice((self.text, self.scalar))()
        if kind < 0.40:
            return self.name()
        if kind < 0.50:
            return rng.choice((b"(", b")", b"]", b"}", b"\x8f", b"("))
        if kind < 0.62:
            number = rng.randint(0, 5)
            return rng.choice((b"\x94", b"q" + bytes([number]), b"r" + struct.pack("<I", number), b"p%d\n" % number, b"p%d\0x\n" % number,
                               b"g%d\0x\n" % number,
                               b"h" + bytes([number]), b"j" + struct.pack("<I", number), b"g%d\n" % number, b"p-1\n", b"g x\n",
                               b"g\n"))
        if kind < 0.80:
            return rng.choice((b"t", b"l", b"d", b"e", b"u", b"\x90", b"\x91", b"a", b"s", b"\x85", b"\x86", b"\x87"))
        if kind < 0.90:
            return rng.choice((self.name() + b")R", self.name() + b")\x81", self.name() + b")}\x92", b"(" + self.name() + b"o",
                               b"(" + self.scalar() + b"i" + rng.choice(NAMES).encode().replace(b" ", b"\n") + b"\n", b"R", b"b",
                               self.name() + b"}b", b"Pid\n", b"Q", b"\x81", b"o", b"\x98"))
        if kind < 0.97:
            return rng.choice((b"0", b"1", b"2", b"0", b"2"))
        return rng.choice((b"\x80" + bytes([rng.randint(0, 6)]), b"\x95" + struct.pack("<Q", rng.randint(0, 40)),
                           bytes([rng.randint(0, 255)])))

    def balanced(self, depth):
        """Leaves one value on the stack."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.3:
            return rng.choice((b"N", b"\x88", b"K\x05", b"X\x01\0\0\0a", b"I7\n", b"\x8a\x01\xff", b"S'q'\n", self.name()))
        inner = [self.balanced(depth - 1) for _ in range(rng.randint(0, 4))]
        keys = b"".join(b"K" + bytes([i]) + value for i, value in enumerate(inner))
        some = b"".join(inner)
        memo = rng.choice((b"", b"\x94", b"q\x03", b"p7\n", b"0N", b"20", b"(0", b"(NN1"))
        return rng.choice((b"(" + some + b"t", b"(" + some + b"l", b"](" + some + b"e", b"(" + keys + b"d", b"}(" + keys + b"u",
                           b"N\x85", b"NK\x02\x86", b"NNN\x87", self.name() + b")R", self.name() + b"(" + some + b"tR",
                           b"(" + self.name() + some + b"o", b"(" + some + b"i" + rng.choice(NAMES).encode().replace(b" ", b"\n") + b"\n",
                           self.name() + b")\x81}(" + keys + b"ub", b"Nq\x00h\x00\x86", b"Pid\n", b"NQ", b"(NK\x01\x91",
                           b"\x8f(NK\x02\x90")) + memo

    def program(self):
        rng = self.rng
        body = b"".join(self.piece() for _ in range(rng.randint(1, rng.choice((3, 8, 25)))))
        if rng.random() < 0.5:  # balanced pieces, so that many programs come to their end
            body = b"".join(self.balanced(3) for _ in range(rng.randint(1, 6)))
        head = rng.choice((b"", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"))
        if rng.random() < 0.2:
            body = b"\x95" + struct.pack("<Q", max(0, len(body) + rng.randint(-6, 3))) + body
        out = bytearray(head + body + rng.choice((b".", b"N.", b"", b"0.")))
        if rng.random() < 0.1 and out:
            out[rng.randrange(len(out))] = rng.randint(0, 255)
        return bytes(out)


def by_pickletools(program):
    """(number of opcodes, end or -1, was an argument refused?)"""
    count = 0
    try:
        for opcode, _, _ in pickletools.genops(program):
            count += 1
            if opcode.code == ".":
                break
        stream = io.BytesIO(program)
        for _ in pickletools.genops(stream):
            pass
        return count, stream.tell(), False
    except Exception as problem:  # its exceptions are of many kinds
        return count, -1, "not enough" not in str(problem) and "unknown" not in str(problem) and "exhausted" not in str(problem)


# What Python refuses for the types of values, which the machine does not follow: it goes on and sees more, never less.
TYPES = (TypeError, AttributeError, UnicodeError, OverflowError, MemoryError)
WORDS = ("unregistered extension", "state is not a", "slot state", "invalid literal", "argument must be", "exported buffers", "class argument",
         "could not convert", "STACK_GLOBAL requires", "list assignment index", "bytes object", "persistent IDs", "is not a type object", "must be a dict", "READONLY", "truncated")


def by_python(program):
    stream = io.BytesIO(program)
    loader = Loader(stream)
    try:
        loader.load()
        return "S", stream.tell(), loader.names, ""
    except Exception as problem:
        soft = isinstance(problem, TYPES) or any(word in str(problem) for word in WORDS)
        return "T" if soft else "F", stream.tell(), loader.names, f"{type(problem).__name__}: {problem}"


def renamed(names):
    """As Python 3 calls them: find_class() gets names before they are mapped, Cupel tells them afterwards."""
    out = []
    for module, name in names:
        module, name = _compat_pickle.NAME_MAPPING.get((module, name), (module, name))
        module = _compat_pickle.IMPORT_MAPPING.get(module, module)
        module, name = ("".join(c if c.isprintable() else " " for c in text) for text in (module, name))
        if (module, name) not in out:
            out.append((module, name))
    return out


def frame_ends(program):
    """Where frames end: files are read up to there, whatever comes in between."""
    return {i + 9 + struct.unpack_from("<Q", program, i + 1)[0] for i in range(len(program) - 8) if program[i] == 0x95}


def compare(program, line):
    reading, machine, names, problem = line.split("\x1e", 3)
    count, end = (int(word) for word in reading.split())
    kind, at, _ = machine.split()
    tools_count, tools_end, refused = by_pickletools(program)
    if not refused and (count, end) != (tools_count, tools_end):
        # BINSTRING's length is signed for pickletools and not for CPython.
        return f"opcodes: {count} to {end}, pickletools {tools_count} to {tools_end}"
    python, python_end, python_names, why = by_python(program)
    asked = renamed(tuple(name.split("\x1d", 1)) for name in names.split("\x1f") if name)
    python_names = renamed(python_names)
    if python == "S" and (kind != "S" or (int(at) != python_end and python_end not in frame_ends(program))):
        return f"Python loads to {python_end}, the machine says {kind} at {at}: {problem}"
    if python == "F" and kind == "S":
        return f"Python fails ({why}), the machine stops at {at}"
    if python == "S" and sorted(asked) != sorted(python_names):
        return f"names: {asked}, Python {python_names}"
    if asked[:len(python_names)] != python_names and not set(python_names) <= set(asked):
        return f"names: {asked}, Python {python_names} before {why}"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("listing")
    parser.add_argument("--count", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    maker = Maker(random.Random(arguments.seed))
    ends = collections.Counter()
    wrong = 0
    left = arguments.count
    while left > 0:
        programs = [maker.program() for _ in range(min(left, 20_000))]
        left -= len(programs)
        data = b"".join(struct.pack("<I", len(p)) + p for p in programs)
        lines = subprocess.run([arguments.listing], input=data, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8", "replace")
        for program, line in zip(programs, lines.split("\n")[:-1], strict=True):
            ends[line.split("\x1e")[1][0]] += 1
            difference = compare(program, line)
            if difference:
                wrong += 1
                if wrong <= 20:
                    print(f"{program!r}\n    {difference}")
    print(f"{arguments.count} programs, seed {arguments.seed}: {ends['S']} stop, {ends['F']} fail, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
