#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make Cupel Mono: JetBrains Mono without code ligatures, under another name. Needs fonttools.

usage: make_cupel_mono.py SOURCE_FOLDER TARGET_FOLDER
"""
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

LIGATURES = {"calt", "liga", "clig", "dlig", "rlig"}
RENAMED = {1, 3, 4, 6, 16, 18}  # family, unique id, full name, PostScript name, typographic family, compatible name


def main(source: Path, target: Path) -> None:
    for style in ("Regular", "SemiBold"):
        font = TTFont(source / f"JetBrainsMono-{style}.ttf", recalcTimestamp=False)
        for record in font["GSUB"].table.FeatureList.FeatureRecord:
            if record.FeatureTag in LIGATURES:
                record.Feature.LookupListIndex = []
                record.Feature.LookupCount = 0
        for name in font["name"].names:
            text = name.toUnicode()
            if name.nameID in RENAMED:
                text = text.replace("JetBrains Mono", "Cupel Mono").replace("JetBrainsMono", "CupelMono")
            elif name.nameID == 7:
                text = "JetBrains Mono is a trademark of JetBrains s.r.o. This font is derived from it."
            name.string = text
        font.save(target / f"CupelMono-{style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
