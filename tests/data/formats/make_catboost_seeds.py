#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds of CatBoost: small models that CatBoost 1.2.10 itself writes. Needs catboost and numpy."""
import pathlib

import catboost
import numpy

HERE = pathlib.Path(__file__).resolve().parent / "catboost"
COMMON = {"verbose": 0, "allow_writing_files": False, "random_seed": 1}


def main():
    HERE.mkdir(exist_ok=True)
    random = numpy.random.default_rng(1)
    rows = random.normal(size=(60, 3))
    signs = (rows[:, 0] > 0).astype(int)
    plain = catboost.CatBoostClassifier(iterations=3, depth=2, **COMMON)
    plain.fit(rows, signs)
    plain.save_model(str(HERE / "plain.cbm"))
    trees = catboost.CatBoostRegressor(iterations=2, depth=2, grow_policy="Lossguide", max_leaves=4, **COMMON)
    trees.fit(rows, rows[:, 1])
    trees.save_model(str(HERE / "lossguide.cbm"))
    several = catboost.CatBoostRegressor(iterations=2, depth=2, loss_function="MultiRMSE", **COMMON)
    several.fit([[1.0, 2.0], [2.0, 3.0], [3.0, 1.0], [0.0, 1.0]], [[1.0, 2.0], [2.0, 1.0], [3.0, 3.0], [1.0, 0.0]])
    several.save_model(str(HERE / "multi.cbm"))
    words = [[float(value), f"c{random.integers(12)}", f"d{random.integers(9)}"] for value in random.normal(size=200)]
    labels = [int(row[1] in ("c1", "c2", "c3")) ^ int(row[2] == "d1") for row in words]
    statistics = catboost.CatBoostClassifier(iterations=4, depth=3, cat_features=[1, 2], **COMMON)
    statistics.fit(words, labels)
    statistics.save_model(str(HERE / "ctr.cbm"))


if __name__ == "__main__":
    main()
