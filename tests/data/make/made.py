# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts of this folder share: where files go, and a row of the manifest for each.

Runs on every Python from 3.6 on, since some frameworks are old.
"""
import os
import random
import sys


class Made:
    """`Made("torch", torch.__version__)`: files go to OUT/torch-1.2.3/, rows to OUT/rows/torch-1.2.3.tsv. OUT is the only argument."""

    def __init__(self, framework, version):
        version = version.split("+")[0]
        self.name = framework + "-" + version
        self.out = sys.argv[1]
        self.rows = []
        os.makedirs(os.path.join(self.out, self.name), exist_ok=True)
        random.seed(7)

    def path(self, name, format, tensors=None, how="", judged="benign"):
        """The path to write to. `format`: what Cupel must call it; `tensors`: how many it must list (None: formats without a list)."""
        self.rows.append((self.name + "/" + name, format, "-" if tensors is None else str(tensors), judged, how))
        path = os.path.join(self.out, self.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def close(self):
        os.makedirs(os.path.join(self.out, "rows"), exist_ok=True)
        with open(os.path.join(self.out, "rows", self.name + ".tsv"), "w") as rows:
            for row in self.rows:
                rows.write("\t".join(row) + "\n")
        print(self.name + ": " + str(len(self.rows)) + " files")
