# SPDX-License-Identifier: GPL-3.0-or-later
"""The include diagram: one box per folder, one row per step of the order, an arrow where one folder includes another.
An arrow that follows from others (app -> session -> base) is left out, so that the picture shows the order itself."""
from collections import defaultdict
from xml.sax.saxutils import escape

BOX_WIDTH, BOX_HEIGHT, GAP, ROW_GAP, MARGIN, BAND = 116, 30, 18, 34, 24, 96

STYLE = """
  text { font: 13px sans-serif; fill: #1d2430; }
  .layer { font-weight: 600; fill: #5b6573; }
  .box { fill: #f4f6f9; stroke: #8a94a3; }
  .band { fill: none; stroke: #d5dae1; }
  .edge { fill: none; stroke: #5b6573; stroke-opacity: 0.55; }
  .tip { fill: #5b6573; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e7ebf0; } .layer, .tip { fill: #a5afbd; } .box { fill: #232a34; } .band { stroke: #39424f; }
    .edge { stroke: #a5afbd; } .tip { fill: #a5afbd; }
  }
"""


def folder_graph(edges, folder_of, order):
    graph = defaultdict(set)
    for source, targets in edges.items():
        here = folder_of(source)
        if here[0] not in order:
            continue
        graph[here]  # a folder that includes nothing is drawn too
        for target in targets:
            there = folder_of(target)
            if there[0] in order and there != here:
                graph[here].add(there)
    for target in [t for targets in graph.values() for t in targets]:
        graph[target]
    return graph


def reachable(graph, start):
    seen, todo = set(), [start]
    while todo:
        for target in graph[todo.pop()]:
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def reduced(graph):
    """Without the arrows that a longer way says already."""
    below = {node: reachable(graph, node) for node in graph}
    return {node: {t for t in targets if not any(t in below[other] for other in targets if other != t)}
            for node, targets in graph.items()}


def rows_of(graph, layers, order):
    """Top to bottom: (layer, [folders])."""
    rows = []
    for layer in reversed(order):
        here = sorted(folder for name, folder in graph if name == layer)
        named = {name for row in layers[layer] for name in row}
        for row in reversed(layers[layer]):
            rest = [f for f in here if f not in named] if "*" in row else []
            members = [f for f in here if f in row] + rest
            if members:
                rows.append((layer, members))
    return rows


def draw(edges, folder_of, layers, order):
    graph = folder_graph(edges, folder_of, order)
    rows = rows_of(graph, layers, order)
    widest = max(len(members) for _, members in rows)
    inner = widest * BOX_WIDTH + (widest - 1) * GAP
    place = {}
    for index, (layer, members) in enumerate(rows):
        width = len(members) * BOX_WIDTH + (len(members) - 1) * GAP
        left = MARGIN + BAND + (inner - width) / 2
        for column, folder in enumerate(members):
            place[layer, folder] = (left + column * (BOX_WIDTH + GAP), MARGIN + index * (BOX_HEIGHT + ROW_GAP))
    total = (2 * MARGIN + BAND + inner, 2 * MARGIN + len(rows) * (BOX_HEIGHT + ROW_GAP) - ROW_GAP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]}" height="{total[1]}" '
           f'viewBox="0 0 {total[0]} {total[1]}" role="img" aria-label="Which folder includes which">',
           "<!-- SPDX-License-Identifier: GPL-3.0-or-later. Drawn by ./dev graph. -->", f"<style>{STYLE}</style>",
           '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
           '<path class="tip" d="M0 1 L8 4 L0 7 Z"/></marker></defs>']
    for layer in reversed(order):
        ys = [place[layer, members[0]][1] for name, members in rows if name == layer]
        if ys:
            out.append(f'<rect class="band" x="{MARGIN / 2}" y="{min(ys) - 10}" rx="8" width="{total[0] - MARGIN}" '
                       f'height="{max(ys) - min(ys) + BOX_HEIGHT + 20}"/>')
            out.append(f'<text class="layer" x="{MARGIN}" y="{(min(ys) + max(ys) + BOX_HEIGHT) / 2 + 4}">{layer}/</text>')
    for source, targets in sorted(reduced(graph).items()):
        for target in sorted(targets):
            (x1, y1), (x2, y2) = place[source], place[target]
            x1, y1, x2, y2 = x1 + BOX_WIDTH / 2, y1 + BOX_HEIGHT, x2 + BOX_WIDTH / 2, y2 - 1
            bend = (y2 - y1) / 2
            out.append(f'<path class="edge" marker-end="url(#tip)" '
                       f'd="M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"/>')
    for (layer, folder), (x, y) in sorted(place.items()):
        name = folder or ("main" if layer == "app" else layer)
        out.append(f'<rect class="box" x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>')
        out.append(f'<text x="{x + BOX_WIDTH / 2}" y="{y + 20}" text-anchor="middle">{escape(name)}</text>')
    return "\n".join(out + ["</svg>", ""])
