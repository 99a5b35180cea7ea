# SPDX-License-Identifier: GPL-3.0-or-later
"""The include diagram as a matrix: a row per folder, from the top of the house down, a column per folder in the same
order, a disc where the row's folder includes the column's. Arrows go down when every disc lies right of the diagonal."""
from collections import Counter
from xml.sax.saxutils import escape

CELL, MARGIN, LABEL, HEAD = 26, 16, 150, 76

STYLE = """
  text { font: 13px sans-serif; fill: #1d2430; }
  .layer { font-weight: 600; fill: #5b6573; }
  .line { stroke: #d5dae1; }
  .edge { stroke: #8a94a3; stroke-width: 1.5; }
  .self { fill: #e3e7ed; }
  .disc { fill: #2f6f8f; }
  .wrong { fill: #c62f2f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e7ebf0; } .layer { fill: #a5afbd; } .line { stroke: #39424f; } .edge { stroke: #8a94a3; }
    .self { fill: #2c343f; } .disc { fill: #6fb6d6; } .wrong { fill: #ff7b72; }
  }
"""


def folders_of(nodes, layers, order):
    """From the top of the house down: the order of the rows and columns."""
    result = []
    for layer in reversed(order):
        here = sorted(folder for name, folder in nodes if name == layer)
        named = {name for row in layers[layer] for name in row}
        for row in reversed(layers[layer]):
            result += [(layer, f) for f in here if f in row or ("*" in row and f not in named)]
    return result


def draw(edges, folder_of, layers, order):
    counts, nodes = Counter(), set()
    for source, targets in edges.items():
        for target in targets:
            pair = folder_of(source), folder_of(target)
            if pair[0][0] in order and pair[1][0] in order:
                nodes.update(pair)
                if pair[0] != pair[1]:
                    counts[pair] += 1
    rows = folders_of(nodes, layers, order)
    index = {node: number for number, node in enumerate(rows)}
    left, top, side = MARGIN + LABEL, MARGIN + HEAD, CELL * len(rows)
    width, height = left + side + MARGIN + 20, top + side + MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
           'role="img" aria-label="Which folder includes which: every disc lies right of the diagonal">',
           "<!-- SPDX-License-Identifier: GPL-3.0-or-later. Drawn by ./dev graph. -->", f"<style>{STYLE}</style>"]
    for node, number in index.items():
        layer, folder = node
        name = f"{layer}/{folder}" if folder else f"{layer}/*.cpp"
        at = number * CELL
        out.append(f'<rect class="self" x="{left + at}" y="{top + at}" width="{CELL}" height="{CELL}"/>')
        out.append(f'<text x="{left - 8}" y="{top + at + 18}" text-anchor="end">{escape(name)}</text>')
        out.append(f'<text transform="translate({left + at + 12} {top - 8}) rotate(-50)">{escape(folder or layer)}</text>')
    for number in range(len(rows) + 1):
        edge = number in (0, len(rows)) or rows[number][0] != rows[number - 1][0]
        kind, at = "edge" if edge else "line", number * CELL
        out.append(f'<path class="{kind}" d="M{left} {top + at} h{side} M{left + at} {top} v{side}"/>')
    for (source, target), count in sorted(counts.items()):
        x, y = left + index[target] * CELL + CELL / 2, top + index[source] * CELL + CELL / 2
        kind = "disc" if index[target] > index[source] else "wrong"
        radius = 3 + min(6, count ** 0.5)
        out.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius:.1f}"><title>{escape("/".join(source))} includes '
                   f'{escape("/".join(target))}: {count}</title></circle>')
    return "\n".join(out + ["</svg>", ""])
