# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented notebooks for the figures: the mix of real ones (code, logs, tables, pictures), the same bytes on every run."""
import base64
import json
import os
import random

WORDS = ("model train test data frame column value loss epoch batch layer score index group merge plot axis label filter sample "
         "split scale tensor weight fit predict load save path file name size mean count first last next open close").split()


def code(rng, lines):
    out = []
    for _ in range(lines):
        a, b, c = (rng.choice(WORDS) for _ in range(3))
        out.append(rng.choice((f"{a}_{b} = {c}.{b}({a}={rng.randint(0, 999)})\n", f"for {a} in range({rng.randint(1, 99)}):\n",
                               f"    print(f'{a}: {{{b}:.3f}}')\n", f"# {a} the {b} before the {c}\n", f"from {a} import {b} as {c}\n",
                               f"df['{a}'] = df['{b}'].{c}()\n")))
    return out


def log(rng, lines):
    return [f"{rng.choice(WORDS)} {i}/{lines} - {rng.choice(WORDS)}: {rng.random():.4f} - {rng.choice(WORDS)}: {rng.random():.6f}\n"
            for i in range(lines)]


def table(rng, rows):
    body = "".join("<tr>" + "".join(f"<td>{rng.random():.5f}</td>" for _ in range(6)) + "</tr>\n" for _ in range(rows))
    return f"<div>\n<style scoped>\n  .dataframe tbody tr th {{ vertical-align: top; }}\n</style>\n<table>\n{body}</table>\n</div>"


def output(rng, picture):
    kind = rng.random()
    if kind < 0.5:
        return {"output_type": "stream", "name": "stdout", "text": log(rng, rng.randint(2, 60))}
    if kind < 0.75:
        return {"output_type": "execute_result", "execution_count": 1, "metadata": {},
                "data": {"text/html": table(rng, rng.randint(5, 40)), "text/plain": log(rng, 10)}}
    image = b"\x89PNG\r\n\x1a\n" + rng.randbytes(picture)
    return {"output_type": "display_data", "metadata": {},
            "data": {"image/png": base64.b64encode(image).decode(), "text/plain": "<Figure size 640x480 with 1 Axes>"}}


def cells(rng, count, picture=24_000):
    for number in range(count):
        if rng.random() < 0.35:
            yield {"cell_type": "markdown", "metadata": {}, "id": f"m{number}", "source": ["## " + " ".join(rng.choices(WORDS, k=4)) + "\n",
                                                                                         " ".join(rng.choices(WORDS, k=60))]}
        else:
            yield {"cell_type": "code", "metadata": {}, "id": f"c{number}", "execution_count": number,
                   "source": code(rng, rng.randint(2, 30)), "outputs": [output(rng, picture)] if rng.random() < 0.6 else []}


def write_notebook(path, rng, count, picture=24_000):
    book = {"cells": list(cells(rng, count, picture)), "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(book, stream, indent=1)


def write_corpus(folder, megabytes):
    """Notebooks of 20 to 300 cells until there are `megabytes` of them."""
    os.makedirs(folder, exist_ok=True)
    rng, total, number = random.Random(20), 0, 0
    while total < megabytes * 1_000_000:
        path = os.path.join(folder, f"book-{number:03}.ipynb")
        write_notebook(path, rng, rng.randint(20, 300))
        total += os.path.getsize(path)
        number += 1


def write_large(path, megabytes):
    """One notebook of that size, written piece by piece."""
    rng = random.Random(21)
    block = ",\n".join(json.dumps(cell, indent=1) for cell in cells(rng, 400))
    with open(path, "w", encoding="utf-8") as stream:
        stream.write('{"cells": [\n' + block)
        written = len(block)
        while written < megabytes * 1_000_000:
            stream.write(",\n" + block)
            written += len(block)
        stream.write('\n], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}\n')


def write_findings(folder, count):
    """A notebook with `count` places that are findings: invented keys of the AWS form, one per line."""
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(22)
    book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    for _ in range(count // 5):
        lines = [f'key_{i} = "AKIA{"".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16))}"\n' for i in range(5)]
        book["cells"].append({"cell_type": "code", "metadata": {}, "execution_count": None, "source": lines, "outputs": []})
    with open(os.path.join(folder, "findings.ipynb"), "w", encoding="utf-8") as stream:
        json.dump(book, stream)
