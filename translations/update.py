#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the texts of app/ and widgets/, and tables of words of the engine, into the .ts files with lupdate, fills the plurals of English that follow from the text
itself ("%n file(s)": 1 file, 2 files), and says what is missing. Run by ./dev tr.

Exit code 1 when English is not complete: its plurals would show as "1 file(s)".
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = ["analyzers/threats/knowledge/attribute_words.cpp"]  # of the engine, which the window translates
ENGLISH = os.path.join(ROOT, "translations", "cupel_en.ts")


def lupdate():
    program = shutil.which("lupdate", path="/usr/lib/qt6/bin:" + os.environ.get("PATH", ""))
    if not program:
        sys.exit("tr: lupdate is not installed (Debian: qt6-l10n-tools)")
    others = sorted(set(glob.glob(os.path.join(ROOT, "translations", "cupel_*.ts"))) - {ENGLISH})
    base = [program, "-silent", "-locations", "none", "-no-obsolete", "-I", ROOT, "-recursive", "app", "widgets", *WORDS]
    subprocess.run([*base, "-source-language", "en", "-target-language", "en", "-pluralonly", "-ts", ENGLISH], cwd=ROOT, check=True)
    if others:
        subprocess.run([*base, "-ts", *others], cwd=ROOT, check=True)


VERBS = {" were ": " was ", " are ": " is ", " have ": " has "}


def plurals(source):
    """The two forms of a text that is written in its plural, or with (s); None when a person has to say them."""
    if "(s)" in source and not re.search(r"\(s\) (have|are|were) ", source):
        return source.replace("(s)", ""), source.replace("(s)", "s")
    if re.search(r"%n not \w+$", source):
        return source, source
    noun = re.search(r"%n(?: more)? \w{2,}s\b", source)
    rest = source[noun.end():] if noun else ""
    if not noun or " their " in rest or " match" in rest or "ies" == noun.group()[-3:]:
        return None
    for many, one in VERBS.items():
        rest = rest.replace(many, one)
    return source[: noun.end() - 1] + rest, source


def fill_english():
    tree = ElementTree.parse(ENGLISH)
    missing = []
    for message in tree.iter("message"):
        translation = message.find("translation")
        forms = translation.findall("numerusform")
        if all(form.text for form in forms):
            translation.attrib.pop("type", None)  # lupdate knew it from the same text elsewhere
            continue
        known = plurals(message.findtext("source"))
        if not known:
            missing.append(message.findtext("source"))
            continue
        for form, text in zip(forms, known):
            form.text = text
        translation.attrib.pop("type", None)
    text = ElementTree.tostring(tree.getroot(), encoding="unicode")
    with open(ENGLISH, "w", encoding="utf-8") as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + text + "\n")
    return missing


def main():
    lupdate()
    missing = fill_english()
    for path in sorted(glob.glob(os.path.join(ROOT, "translations", "cupel_*.ts"))):
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        print(f"{os.path.basename(path)}: {text.count('<source>')} texts, {len(re.findall('type=.unfinished', text))} missing")
    for source in missing:
        print(f"  one and many of: {source!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
