#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented credentials of every type that resources/rules/secrets claims: random strings of the row's own regular
expression, repaired where the type carries a checksum or readable structure. No value is real."""

import base64
import binascii
import glob
import hashlib
import json
import os
import random
import re
import string
import zlib

try:
    from re import _parser as parser
except ImportError:  # Python before 3.11
    import sre_parse as parser

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def read_rows(folder):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path, encoding="utf-8") as file:
            rows += json.load(file)["rows"]
    return rows


def characters_of(items):
    """The printable ASCII characters of a character class."""
    wanted, negated = set(), False
    for kind, value in items:
        name = str(kind)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            wanted.add(chr(value))
        elif name == "RANGE":
            wanted.update(chr(c) for c in range(value[0], value[1] + 1))
        elif name == "CATEGORY":
            label = str(value)
            base = {"DIGIT": string.digits, "WORD": BASE62 + "_", "SPACE": " "}
            for key, letters in base.items():
                if label.endswith("NOT_" + key):
                    wanted.update(set(string.ascii_letters + string.digits) - set(letters) or "x")
                elif label.endswith(key):
                    wanted.update(letters)
    everything = set(string.ascii_letters + string.digits)
    if negated:
        left = everything - wanted
        return sorted(left) if left else ["x"]
    return sorted(c for c in wanted if c.isprintable() or c == "\n") or ["x"]


class Maker:
    """Random strings of a regular expression, and what its group "secret" matched."""

    def __init__(self, rng):
        self.rng = rng

    def make(self, pattern):
        self.groups = {}
        tree = parser.parse(pattern)
        self.names = {number: name for name, number in tree.state.groupdict.items()}
        self.marks = {}
        text = self.walk(tree, 0)
        for number, name in self.names.items():
            if name == "secret" and number in self.marks:
                return text, self.marks[number]
        return text, (0, len(text))

    def walk(self, nodes, at):
        out = ""
        for kind, value in nodes:
            out += self.one(str(kind), value, at + len(out))
        return out

    def one(self, kind, value, at):
        if kind == "LITERAL":
            return chr(value)
        if kind == "NOT_LITERAL":
            return self.rng.choice([c for c in BASE62 if c != chr(value)])
        if kind == "ANY":
            return self.rng.choice(BASE62)
        if kind == "IN":
            return self.rng.choice(characters_of(value))
        if kind == "BRANCH":
            return self.walk(self.rng.choice(value[1]), at)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, body = value
            high = min(int(high), int(low) + 40) if int(low) < 400 else int(low)
            count = int(low) if kind == "MIN_REPEAT" else self.rng.randint(int(low), max(int(low), high))
            out = ""
            for _ in range(count):
                out += self.walk(body, at + len(out))
            return out
        if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
            body = value[-1] if kind == "SUBPATTERN" else value
            number = value[0] if kind == "SUBPATTERN" else None
            out = self.walk(body, at)
            if number is not None:
                self.marks[number] = (at, at + len(out))
                self.groups[number] = out
            return out
        if kind == "GROUPREF":
            return self.groups.get(value, "")
        return ""  # look-arounds and anchors write nothing


def b64(data, padded=False):
    text = base64.b64encode(data.encode() if isinstance(data, str) else data).decode()
    return text if padded else text.rstrip("=")


def b64url(data):
    return base64.urlsafe_b64encode(data.encode() if isinstance(data, str) else data).decode().rstrip("=")


def base62(value, digits):
    out = ""
    while value:
        value, rest = divmod(value, 62)
        out = BASE62[rest] + out
    return out.rjust(digits, "0")


def word(rng, size):
    return "".join(rng.choice(BASE62) for _ in range(size))


def jwt(rng):
    head = b64url(json.dumps({"alg": "HS256", "typ": "JWT"}))
    body = b64url(json.dumps({"sub": word(rng, 12), "iss": "https://login.invalid", "exp": 4102444800}))
    return f"{head}.{body}.{b64url(bytes(rng.randrange(256) for _ in range(32)))}"


def prefixed_crc(token):
    head, body = token.rsplit("_", 1)
    return f"{head}_{body[:30]}{base62(zlib.crc32(body[:30].encode()), 6)}"


def base58(data):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, out = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = alphabet[rest] + out
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + out


def base58check(payload):
    return base58(payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4])


def seed_phrase(rng, words_file):
    with open(words_file, encoding="utf-8") as file:
        words = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    entropy = bytes(rng.randrange(256) for _ in range(16))
    bits = bin(int.from_bytes(entropy, "big"))[2:].zfill(128) + bin(hashlib.sha256(entropy).digest()[0])[2:].zfill(8)[:4]
    return " ".join(words[int(bits[i:i + 11], 2)] for i in range(0, 132, 11))


def random_der_key(rng):
    """PEM body of a key is checked by parsing: made once with the system's openssl when it is there."""
    return "\n".join(word(rng, 64) for _ in range(12))


REPAIRS = {
    "github-crc32": lambda token, rng: prefixed_crc(token) if not token.startswith("github_pat_") and "_" in token else token,
    "npm-crc32": lambda token, rng: prefixed_crc(token),
    "bitbucket-crc32": lambda token, rng: token[:-8] + "%08X" % zlib.crc32(token[:-8].encode()),
    "grafana-crc32": lambda token, rng: token[:38] + zlib.crc32(token[:37].encode()).to_bytes(4, "little").hex(),
    "jwt-claims": lambda token, rng: (token[:token.index("eyJ")] if "eyJ" in token else "") + jwt(rng),
    "docker-auth": lambda token, rng: b64(f"{word(rng, 8)}:{word(rng, 20)}", True),
    "basic-auth": lambda token, rng: b64(f"{word(rng, 8)}:{word(rng, 20)}", True),
    "passphrase": lambda token, rng: f"{word(rng, 6)}7 {word(rng, 5)} {word(rng, 6)}",
    "k8s-secret-base64": lambda token, rng: b64(word(rng, 24), True),
    "azure-storage-key": lambda token, rng: b64(bytes(rng.randrange(256) for _ in range(64)), True),
}


def plantable(row, rng, words_file):
    """(text to plant, secret inside it, needs a name before it) for one row; None when it cannot be made."""
    maker = Maker(rng)
    checks = row.get("checks", [])
    for _ in range(2000):
        if "pattern" in row:
            text, (start, end) = maker.make(row["pattern"])
            secret = text[start:end]
        else:
            secret, _span = maker.make(row["token"])
            text = secret
        repaired = secret
        for check in checks:
            if check == "bip39-checksum":
                repaired = seed_phrase(rng, words_file)
            elif check in REPAIRS:
                repaired = REPAIRS[check](secret, rng)
        text = text.replace(secret, repaired, 1)
        secret = repaired
        if acceptable(row, text, secret):
            return text, secret
    return None


def acceptable(row, text, secret):
    if row.get("digits") and not (re.search(r"\d", secret) and re.search(r"[A-Za-z]", secret)):
        return False
    if row.get("allow") and re.search(row["allow"], secret):
        return False
    if "pattern" in row:
        lower = text.lower() if row.get("anchors_nocase") else text
        anchors = [a.lower() if row.get("anchors_nocase") else a for a in row["anchors"]]
        if not any(anchor in lower for anchor in anchors):
            return False  # white space and quotes that the row does not claim
        found = re.search(row["pattern"], text)
        if not found or found.group("secret") != secret:
            return False
    elif not re.fullmatch(row["token"], secret):
        return False
    if row.get("entropy"):
        import math
        counts = [secret.count(c) / len(secret) for c in set(secret)]
        if -sum(p * math.log2(p) for p in counts) < row["entropy"] + 0.1:
            return False
    if re.search(r"(.)\1{5}", secret) and len(secret) < 400:
        return False
    return True
