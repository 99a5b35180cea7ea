#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How right `cupel lineage` is: recall and precision against facts that were read by hand.

    lineage_accuracy.py CUPEL CORPUS [--item NAME] [--verbose] [--json FILE]     the labelled notebooks of a corpus
    lineage_accuracy.py CUPEL CORPUS --labels tests/data/lineage/unseen          another set of labels
    lineage_accuracy.py CUPEL --micro [--item NAME] [--verbose]                  tests/data/lineage/micro: one rule each
    lineage_accuracy.py --replay FOLDER CORPUS                                   the same from saved NAME.json, without a program
    lineage_accuracy.py --self-test                                              the matching itself

How facts are matched. A label's place is a cell and a line of it; `endLine` makes it a range (a call of several lines),
`alsoLines` and `alsoAt` name other places that say the same (the prediction, and the metric of it two lines on). A fact of the
program agrees when it stands in the same file and cell and its line, or the place of one of its calls, is one of those.
  sources      by place and kind; the value has to agree too, where `*` of either side stands for anything. A source that stands
               elsewhere is found by its value: a file read in a function may be placed at the read or at the call. Values made
               or written in the code (generated, literal, params, argument) are asked for where a label names them, and are
               nobody's fault where it does not: readers differ about which of them are data.
  trainings    by place, then class, then variable, then call site: of two models fitted on one line each wants its own.
  data->model  the pairs (source, training) of the matched trainings. `data` has to be there, `dataAlso` may (the address behind
               a file). Forbidden pairs are counted apart: what a careless reader would have connected.
  roles        of matched trainings and evaluations; several answers of a label are all right.
  splits       by place; then each output and its role.
  evaluations  like trainings, without class. Two that stand on one label's lines count once.
  hazards      by kind, place (of execution hazards: the cell) and one common name; without a place: by kind (and name).
  slices       as pairs (cell, needed cell), for the cells that were labelled.
`optional` labels and places under `neutral` count on neither side: people may differ about them. Exit code 1 with --micro when
an expectation is not met exactly and not listed in known.tsv, or is listed and met; figures of the corpus are printed, never
asserted."""

import argparse
import collections
import fnmatch
import glob
import json
import os
import posixpath
import re
import subprocess
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "lineage")
FACTS = ["sources", "sinks", "trainings", "data->model", "roles", "splits", "evaluations", "hazards", "slices"]
BY_CELL = {"mixed-sessions", "defined-after-use", "never-executed-definition", "stale-output", "non-idempotent-rerun",
           "undefined-name"}
BY_NAME = {"unresolved-import"}
INNER = {"generated", "literal", "params", "argument"}  # counted only where a label or an expectation names them


class Score:
    def __init__(self):
        self.found, self.missed, self.extra = collections.Counter(), collections.Counter(), collections.Counter()
        self.lines = []

    def hit(self, fact, count=1):
        self.found[fact] += count

    def miss(self, fact, text):
        self.missed[fact] += 1
        self.lines.append(f"  miss  {fact}: {text}")

    def over(self, fact, text):
        self.extra[fact] += 1
        self.lines.append(f"  extra {fact}: {text}")

    def add(self, other):
        for mine, theirs in ((self.found, other.found), (self.missed, other.missed), (self.extra, other.extra)):
            mine.update(theirs)


def short(place):
    if not place:
        return "?"
    where = f"{place['codeCell']}:{place.get('cellLine')}" if place.get("codeCell") is not None else str(place.get("line"))
    return f"{place.get('file', '')} {where}"


def spots(place):
    """Every (file, cell, line) a label's place stands for."""
    if not place:
        return set()
    cell = place.get("codeCell")
    line = place.get("line") if cell is None else place.get("cellLine")
    lines = set(range(line, place.get("endLine", line) + 1)) | set(place.get("alsoLines", []))
    return {(place.get("file"), cell, number) for number in lines}


def label_spots(label):
    found = spots(label.get("location"))
    for other in label.get("alsoAt", []):
        found |= spots(other)
    return found


def fact_spots(fact):
    found = spots(fact.get("location"))
    for call in fact.get("calledFrom") or []:
        found |= spots(call)
    return found


def at_label(label, fact):
    return bool(spots(fact.get("location")) & label_spots(label))


def near_label(label, fact):
    """At the label's place, or both name the same call site and one of them stands there."""
    if at_label(label, fact):
        return True
    calls = set()
    for call in label.get("calledFrom", []):
        calls |= spots(call)
    return bool(calls & spots(fact.get("location")) or label_spots(label) & fact_spots(fact))


def call_agrees(label, fact):
    calls = set()
    for call in label.get("calledFrom", []):
        calls |= spots(call)
    return not calls or not fact.get("calledFrom") or bool(calls & fact_spots(fact))


def as_list(value):
    return value if isinstance(value, list) else [value]


def tidy(value):
    value = re.sub(r"^(dbfs:|file:)/*", "/", value or "")
    if re.match(r"[a-z0-9+.-]+://", value, re.IGNORECASE):
        return value.rstrip("/")
    value = posixpath.normpath(value) if value else value
    return value.rstrip("/")


def values_agree(wanted, got):
    wanted, got = tidy(wanted), tidy(got)
    if wanted == got:
        return True
    if "*" in wanted and fnmatch.fnmatchcase(got, wanted.replace("[", "[[]")):
        return True
    return "*" in got and got.strip("*/.") != "" and fnmatch.fnmatchcase(wanted, got.replace("[", "[[]"))


def library_name_agrees(wanted, got):
    """shap.datasets.adult, adult, keras.datasets.mnist.load_data: the name of the data set is in both."""
    parts = [re.sub(r"^(load|fetch|make)_", "", p) for p in re.split(r"[./:]", wanted) if p]
    other = [re.sub(r"^(load|fetch|make)_", "", p) for p in re.split(r"[./:]", got or "") if p]
    return bool(parts and other) and (parts[-1] in other or other[-1] in parts)


def source_agrees(label, fact):
    if fact.get("kind") not in as_list(label["kind"]):
        return False
    if fact["kind"] in ("builtin-dataset", "generated", "literal", "argument", "unknown"):
        return True
    return values_agree(label["value"], fact.get("value"))


def class_agrees(wanted, got):
    if wanted == "*":
        return True
    if not got:
        return False
    return wanted.rsplit(".", 1)[-1] == got.rsplit(".", 1)[-1] or wanted.endswith("." + got) or got.endswith("." + wanted)


class Item:
    """One labelled item against one answer of the program."""

    def __init__(self, labels, answer):
        self.labels, self.answer, self.score = labels, answer, Score()
        self.node_source = {}  # node of the program -> ids of the labels it is; one data set loaded twice is one node
        self.node_value = {}
        self.optional_nodes = set()

    def neutral(self, kind, fact):
        for rule in self.labels.get("neutral", []):
            if rule["fact"] != kind or rule.get("kind", fact.get("kind")) != fact.get("kind"):
                continue
            if "locations" not in rule:
                return True
            places = set().union(*(spots(place) for place in rule["locations"]))
            if fact_spots(fact) & places:
                return True
        return False

    def match(self, kind, ranked):
        """Pairs labels and facts greedily, best rank first; ranked(label, fact) is None or a number, less is better."""
        labels, facts = self.labels.get(kind, []), self.answer.get(kind, [])
        pairs = []
        for i, label in enumerate(labels):
            for j, fact in enumerate(facts):
                rank = ranked(label, fact)
                if rank is not None:
                    pairs.append((rank, i, j))
        taken_labels, taken_facts = {}, {}
        for _, i, j in sorted(pairs):
            if i not in taken_labels and j not in taken_facts:
                taken_labels[i], taken_facts[j] = j, i
        return labels, facts, taken_labels, taken_facts, {j for _, _, j in pairs}

    def count(self, kind, ranked, describe, doubles=True):
        labels, facts, by_label, by_fact, touched = self.match(kind, ranked)
        for i, label in enumerate(labels):
            if i in by_label:
                if not label.get("optional"):
                    self.score.hit(kind)
            elif not label.get("optional"):
                self.score.miss(kind, describe(label))
        for j, fact in enumerate(facts):
            if j in by_fact or self.neutral(kind, fact) or (doubles and j in touched):
                continue
            if kind == "sources" and fact.get("kind") in INNER:
                continue
            self.score.over(kind, describe(fact))
        return [(labels[i], facts[j]) for i, j in sorted(by_label.items())]

    # --- the facts, one by one

    def sources(self):
        def ranked(label, fact):
            agrees = source_agrees(label, fact)
            if agrees and at_label(label, fact):
                return 0
            if agrees and near_label(label, fact):
                return 1
            by_value = fact.get("kind") in as_list(label["kind"]) and (
                values_agree(label["value"], fact.get("value")) if "/" in label["value"] or "." in label["value"] else False)
            if by_value and fact.get("kind") not in ("builtin-dataset", "generated", "literal"):
                return 2
            return None

        pairs = self.count("sources", ranked, lambda s: f"{as_list(s['kind'])[0]} {s['value']} at {short(s.get('location'))}")
        for label, fact in pairs:
            self.node_source.setdefault(fact["node"], set()).add(label["id"])
        told = {fact["node"] for fact in self.answer.get("sources", [])}
        inner = [{"node": n["id"], "kind": "file", "value": n.get("locator") or ""} for n in self.answer.get("nodes", [])
                 if n["id"] not in told]  # files between, which are written and read
        for fact in self.answer.get("sources", []) + inner:
            self.node_value.setdefault(fact["node"], fact.get("value", ""))
            if fact["node"] in self.node_source:
                continue
            for label in self.labels["sources"]:
                if ranked(label, fact) is not None:
                    self.node_source.setdefault(fact["node"], set()).add(label["id"])
            if fact["node"] not in self.node_source and (self.neutral("sources", fact) or fact.get("kind") in INNER):
                self.optional_nodes.add(fact["node"])

    def same_values(self, identity):
        """All ids of labels with the value of this one: the same file read twice is one source."""
        mine = next(s for s in self.labels["sources"] if s["id"] == identity)
        if set(as_list(mine["kind"])) & {"builtin-dataset", "generated", "literal"}:
            return {identity}
        return {s["id"] for s in self.labels["sources"] if s["id"] == identity or values_agree(s["value"], mine["value"])}

    def ancestors(self, fact):
        """Of each node of data: the labels it may be, and the values of those that no label knows."""
        known = [self.node_source[node] for node in fact.get("data", []) if node in self.node_source]
        unknown = {self.node_value.get(node, node) for node in fact.get("data", [])
                   if node not in self.node_source and node not in self.optional_nodes}
        return known, unknown

    def allowed(self, label):
        return set().union(set(), *(self.same_values(i) for i in label["data"] + label.get("dataAlso", [])))

    def edges(self, label, fact, kind):
        known, unknown = self.ancestors(fact)
        name = f"{label.get('variable', label.get('value', ''))} at {short(label['location'])}"
        allowed = self.allowed(label)
        for identity in label["data"]:
            if any(ids & self.same_values(identity) for ids in known):
                self.score.hit(kind)
            else:
                self.score.miss(kind, f"{identity} -> {name}")
        for ids in known:
            if not ids & allowed:
                self.score.over(kind, f"{'/'.join(sorted(ids))} -> {name}")
        for value in sorted(unknown):
            self.score.over(kind, f"{value} -> {name}")

    def role(self, label, fact):
        if fact.get("role") in label["role"]:
            self.score.hit("roles")
        else:
            text = f"{'|'.join(label['role'])} (got {fact.get('role')}) at {short(label['location'])}"
            self.score.miss("roles", text)
            self.score.extra["roles"] += 1

    def models(self, kind):
        def ranked(label, fact):
            if not near_label(label, fact):
                return None
            rank = 0 if at_label(label, fact) else 1
            rank += 0 if call_agrees(label, fact) else 4
            if kind == "trainings":
                rank += 0 if any(class_agrees(c, fact.get("class")) for c in label["class"]) else 8
                rank += 0 if label.get("variable", fact.get("variable")) == fact.get("variable") else 2
            elif fact.get("role") not in label["role"]:
                rank += 1
            return rank

        def describe(fact):
            name = fact.get("variable") or fact.get("metric") or ""
            return f"{name} {as_list(fact.get('class') or [''])[0]} at {short(fact.get('location'))}"

        pairs = self.count(kind, ranked, describe, doubles=kind == "evaluations")
        for label, fact in pairs:
            if label.get("optional"):
                continue
            self.role(label, fact)
            if kind == "trainings":
                self.edges(label, fact, "data->model")
                self.details(label, fact)

    def details(self, label, fact):
        """Class, columns and execution: counted apart, shown with --verbose."""
        where = short(label["location"])
        checks = [("class", any(class_agrees(c, fact.get("class")) for c in label["class"]), fact.get("class"))]
        for key in ("labelColumns", "featureColumns"):
            if key in label:
                checks.append((key, set(label[key]) == set(fact.get(key) or []), fact.get(key)))
        checks.append(("executed", label["executed"] == fact.get("executed"), fact.get("executed")))
        for name, right, got in checks:
            if right:
                self.score.hit(name)
            else:
                self.score.miss(name, f"{label.get(name)} (got {got}) at {where}")

    def forbidden(self):
        for rule in self.labels.get("forbidden", []):
            places = spots(rule["training"])
            for label in self.labels["trainings"]:  # the whole statement
                if label_spots(label) & places:
                    places = places | label_spots(label)
            allowed = set().union(set(), *(self.allowed(t) for t in self.labels["trainings"] if label_spots(t) & places))
            for fact in self.answer.get("trainings", []):
                if spots(fact.get("location")) & places and any(
                        rule["data"] in ids and not ids & allowed for ids in self.ancestors(fact)[0]):
                    self.score.over("forbidden", f"{rule['data']} -> {short(rule['training'])}")
                    break
            else:
                self.score.hit("forbidden")

    def sinks(self):
        def ranked(label, fact):
            if fact.get("kind") not in as_list(label["kind"]) or not values_agree(label["value"], fact.get("value")):
                return None
            return 0 if near_label(label, fact) else 1

        for label, fact in self.count("sinks", ranked, lambda s: f"{as_list(s['kind'])[0]} {s['value']} at {short(s.get('location'))}"):
            if not label.get("optional"):
                self.edges(label, fact, "data->sink")

    def splits(self):
        def ranked(label, fact):
            return 0 if near_label(label, fact) else None

        labels, facts, _, by_fact, touched = self.match("splits", ranked)
        for label in labels:
            if label.get("optional"):
                continue
            got = {o["variable"]: o["role"] for fact in facts if near_label(label, fact) for o in fact["outputs"]}
            for output in label["outputs"]:
                if got.get(output["variable"]) in output["role"]:
                    self.score.hit("splits")
                else:
                    wanted = f"{output['variable']} is {'|'.join(output['role'])} (got {got.get(output['variable'])})"
                    self.score.miss("splits", f"{wanted} at {short(label['location'])}")
            wanted = {o["variable"] for o in label["outputs"]}
            for variable, role in got.items():
                if variable not in wanted and role != "none":
                    self.score.over("splits", f"{variable} is {role} at {short(label['location'])}")
        for j, fact in enumerate(facts):
            if j not in by_fact and j not in touched and not self.neutral("splits", fact):
                for output in fact["outputs"]:
                    self.score.over("splits", f"{output['variable']} is {output['role']} at {short(fact.get('location'))}")

    def hazards(self):
        def ranked(label, fact):
            if label["kind"] != fact["kind"]:
                return None
            names = not label["names"] or not fact.get("names") or bool(set(label["names"]) & set(fact["names"]))
            if not names and label["kind"] in BY_CELL | BY_NAME:
                return None
            if "location" not in label or label["kind"] in BY_NAME:
                return 0
            if near_label(label, fact):
                return 0
            cells = {(f, c) for f, c, _ in label_spots(label)}
            if label["kind"] in BY_CELL and cells & {(f, c) for f, c, _ in fact_spots(fact)} and None not in {c for _, c in cells}:
                return 1
            return None

        self.count("hazards", ranked, lambda h: f"{h['kind']} {', '.join(h.get('names') or [])} at {short(h.get('location'))}")

    def slices(self):
        for file, cells in self.labels.get("slices", {}).items():
            got = self.answer.get("slices", {}).get(file, {})
            neutral = set(self.labels.get("sliceNeutral", {}).get(file, []))
            for cell, wanted in cells.items():
                have = set(got.get(cell, []))
                missing, over = sorted(set(wanted) - have), sorted(have - set(wanted) - neutral)
                self.score.hit("slices", len(set(wanted) & have))
                self.score.missed["slices"] += len(missing)
                self.score.extra["slices"] += len(over)
                if missing or over:
                    self.score.lines.append(f"  slices {file} cell {cell}: missing {missing}, not needed {over}")

    def execution(self):
        for file, wanted in self.labels.get("execution", {}).items():
            got = self.answer.get("execution", {}).get(file)
            if got is None:
                if any(count is not None for count in wanted["counts"]):
                    self.score.miss("execution", file)
                continue
            for key, value in wanted.items():
                if got.get(key) == value:
                    self.score.hit("execution")
                else:
                    self.score.miss("execution", f"{file} {key}: {value} (got {got.get(key)})")

    def run(self):
        self.sources()
        self.sinks()
        self.models("trainings")
        self.models("evaluations")
        self.forbidden()
        self.splits()
        self.hazards()
        self.slices()
        self.execution()
        return self.score


# --- micro files: what is said has to be met exactly

def micro_data(answer, fact, wanted):
    kinds = {s["node"]: (s.get("kind"), s.get("value", "")) for s in answer.get("sources", [])}
    labels = {n["id"]: n.get("locator") or n.get("label", "") for n in answer.get("nodes", [])}
    got = [kinds.get(node, (None, labels.get(node, node))) for node in fact.get("data", [])]
    values = sorted({value for kind, value in got if kind not in INNER or any(values_agree(w, value) for w in wanted)})
    return values


def micro_field(answer, wanted, fact, key):
    """What is wrong with one key of an expected fact, or None."""
    value = wanted[key]
    if key == "data":
        got = micro_data(answer, fact, value)
        also = wanted.get("dataAlso", [])
        missing = [v for v in value if not any(values_agree(v, g) for g in got)]
        extra = [g for g in got if not any(values_agree(v, g) for v in value + also)]
        return f"data {got}" if missing or extra else None
    if key in ("dataAlso", "optional"):
        return None
    if key == "location":
        return None if spots(fact.get("location")) == spots(value) else f"location {short(fact.get('location'))}"
    if key == "calledFrom":
        calls = set().union(set(), *(spots(c) for c in fact.get("calledFrom") or []))
        return None if all(spots(c) & calls for c in value) else f"calledFrom {fact.get('calledFrom')}"
    if key == "class":
        return None if class_agrees(value, fact.get("class")) else f"class {fact.get('class')}"
    if key == "finalEstimator":
        return None if class_agrees(value, fact.get(key)) else f"{key} {fact.get(key)}"
    if key == "value":
        return None if values_agree(value, fact.get("value")) else f"value {fact.get('value')}"
    if key in ("role", "kind") and isinstance(value, list):
        return None if fact.get(key) in value else f"{key} {fact.get(key)}"
    if key in ("labelColumns", "featureColumns", "names"):
        got = sorted(fact.get(key) or [])
        right = set(value) <= set(got) if key == "names" else got == sorted(value)
        return None if right else f"{key} {got}"
    if key == "hyperparameters":
        got = fact.get(key) or {}
        return None if all(str(got.get(k)) == v for k, v in value.items()) else f"{key} {got}"
    return None if fact.get(key) == value else f"{key} {fact.get(key)}"


def micro_list(answer, expect, kind):
    """Problems of one list: each expected fact needs one of its own, and none may be left."""
    wanted, facts = expect[kind], list(answer.get(kind, []))
    if kind == "hazards":
        facts = [f for f in facts if f["kind"] in expect["hazardKinds"]]
    if kind == "sources":
        facts = [f for f in facts if f.get("kind") not in INNER or any(f["kind"] in as_list(w["kind"]) for w in wanted)]
    if kind == "evaluations":  # the prediction and the metric of it may both be said
        lines = set().union(set(), *(spots(w["location"]) for w in wanted if "location" in w))
        facts = [f for f in facts if not wanted or spots(f.get("location")) & lines]
    if kind == "trainings" and wanted:  # a pipeline's steps, a split's folds: only what stands on an expected line counts
        lines = set().union(set(), *(spots(w["location"]) for w in wanted if "location" in w))
        facts = [f for f in facts if spots(f.get("location")) & lines] if lines else facts
    problems = []
    for want in wanted:
        best, reason = None, "nothing like it"
        for number, fact in enumerate(facts):
            wrong = [w for w in (micro_field(answer, want, fact, key) for key in want) if w]
            if best is None or len(wrong) < best[0]:
                best = (len(wrong), number)
                reason = "; ".join(wrong)
        if best and best[0] == 0:
            facts.pop(best[1])
        elif not want.get("optional"):
            text = {k: v for k, v in want.items() if k != "location"} | {"at": short(want.get("location"))}
            problems.append(f"{kind}: wanted {json.dumps(text)}, but {reason}")
    if kind == "evaluations":
        facts = [] if wanted else facts
    for fact in facts:
        what = fact.get("kind") or fact.get("class") or ""
        which = fact.get("value") or fact.get("variable") or fact.get("names") or ""
        problems.append(f"{kind}: not wanted: {what} {which} at {short(fact.get('location'))}")
    return problems


def micro_unknown_calls(answer, expect):
    """Names of the calls that nobody describes, each once: all of them, none certain, counted as not known."""
    nodes = {node["id"]: node["label"] for node in answer.get("nodes", []) if node["kind"] == "unknown-call"}
    counted = {name for file in answer.get("files", []) for name in file["coverage"]["unknown"]}
    problems = []
    if sorted(set(nodes.values())) != sorted(expect):
        problems.append(f"unknownCalls: wanted {sorted(expect)} (got {sorted(set(nodes.values()))})")
    if not set(expect) <= counted:
        problems.append(f"unknownCalls: not counted: {sorted(set(expect) - counted)}")
    for edge in answer.get("edges", []):
        if edge["confidence"] == "certain" and (edge["from"] in nodes or edge["to"] in nodes):
            problems.append(f"unknownCalls: a certain edge from {edge['from']} to {edge['to']}")
    return problems


def micro_edges(answer, expect):
    """Edges that have to be there, by what their ends are called."""
    named = {node["id"]: {node.get("locator"), node.get("label")} for node in answer.get("nodes", [])}
    problems = []
    for want in expect:
        if not any(want["from"] in named[edge["from"]] and want["to"] in named[edge["to"]] and edge["rule"] == want["rule"]
                   for edge in answer.get("edges", [])):
            problems.append(f"edges: {want['from']} to {want['to']} by {want['rule']}")
    return problems


def micro_splits(answer, expect):
    problems = []
    for want in expect:
        got = [s for s in answer.get("splits", []) if spots(s.get("location")) & spots(want["location"])]
        outputs = {o["variable"]: o["role"] for s in got for o in s["outputs"]}
        for output in want["outputs"]:
            roles = output["role"] if isinstance(output["role"], list) else [output["role"]]
            if outputs.get(output["variable"]) not in roles:
                problems.append(f"splits: {output['variable']} is {'|'.join(roles)} (got {outputs.get(output['variable'])})")
    return problems


def micro_check(answer, expect):
    problems = []
    for kind in ("sources", "sinks", "trainings", "evaluations", "hazards"):
        if kind in expect:
            problems += micro_list(answer, expect, kind)
    problems += micro_splits(answer, expect.get("splits", []))
    problems += micro_edges(answer, expect.get("edges", []))
    broken = sum(file["brokenCells"] for file in answer.get("files", []))
    if expect.get("brokenCells", broken) != broken:
        problems.append(f"brokenCells: {expect['brokenCells']} (got {broken})")
    if "unknownCalls" in expect:
        problems += micro_unknown_calls(answer, expect["unknownCalls"])
    for file, cells in expect.get("slices", {}).items():
        for cell, wanted in cells.items():
            got = answer.get("slices", {}).get(file, {}).get(cell, [])
            if got != wanted:
                problems.append(f"slices: cell {cell} needs {wanted} (got {got})")
    for file, facts in expect.get("execution", {}).items():
        got = answer.get("execution", {}).get(file, {})
        problems += [f"execution: {key} {value} (got {got.get(key)})" for key, value in facts.items() if got.get(key) != value]
    return problems


# --- running

def localise(value, name):
    """A single file is called by its own name, however the program writes what is relative to it."""
    if isinstance(value, list):
        return [localise(entry, name) for entry in value]
    if not isinstance(value, dict):
        return value
    same = lambda text: text in (".", "") or posixpath.basename(text) == name
    result = {}
    for key, entry in value.items():
        if key == "file" and isinstance(entry, str) and same(entry):
            entry = name
        if key in ("slices", "execution") and isinstance(entry, dict):
            entry = {(name if same(file) else file): facts for file, facts in entry.items()}
        result[key] = localise(entry, name)
    return result


def ask(program, path, order="file"):
    done = subprocess.run([program, "lineage", "-f", "json", "--order", order, path], capture_output=True, check=False)
    if done.returncode not in (0, 1, 4):
        raise RuntimeError(f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()[:300]}")
    answer = json.loads(done.stdout)
    return localise(answer, os.path.basename(path)) if os.path.isfile(path) else answer


def micro_path(expectation):
    base = expectation[: -len(".expect.json")]
    return next(path for path in (base + ".py", base + ".ipynb", base) if os.path.exists(path))


def known_micro():
    """Names of micro files that are not met yet, each with a reason: lines of NAME, a tab and the reason."""
    known = {}
    with open(os.path.join(DATA, "known.tsv"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            name, _, reason = line.rstrip("\n").partition("\t")
            if not reason.strip() or name in known:
                raise ValueError(f"known.tsv line {number}: a name that is there once, a tab and a reason")
            known[name] = reason
    return known


def run_micro(arguments):
    groups, failed = collections.Counter(), collections.Counter()
    known, surprises, met = known_micro(), 0, set()
    for expectation in sorted(glob.glob(os.path.join(DATA, "micro", "*.expect.json"))):
        name = os.path.basename(expectation)[: -len(".expect.json")]
        if arguments.item and not fnmatch.fnmatch(name, arguments.item):
            continue
        with open(expectation, encoding="utf-8") as file:
            expect = json.load(file)
        try:
            problems = micro_check(ask(arguments.cupel, micro_path(expectation), expect.get("order", "file")), expect)
        except (RuntimeError, ValueError) as problem:
            problems = [str(problem)]
        group = name.split("-")[0]
        groups[group] += 1
        met.add(name)
        if not problems and name in known:
            surprises += 1
            print(f"{name}: it is as expected now, take it off the list (known.tsv)")
        if problems:
            failed[group] += 1
            surprises += name not in known
            print(f"{name}: {expect['rule']}" + (f" (known: {known[name]})" if name in known else ""))
            if arguments.verbose:
                print("".join(f"  {line}\n" for line in problems), end="")
    for group, count in sorted(groups.items()):
        print(f"{group:8} {count - failed[group]:4} of {count}")
    print(f"{sum(groups.values()) - sum(failed.values())} of {sum(groups.values())} micro files as expected")
    for name in sorted(set(known) - met if not arguments.item else ()):
        surprises += 1
        print(f"{name}: there is no such micro file, take it off the list (known.tsv)")
    return 1 if surprises else 0


def figures(score, facts):
    print(f"{'':14} {'labelled':>8} {'found':>6} {'extra':>6} {'recall':>8} {'precision':>10}")
    for fact in facts:
        found, missed, extra = score.found[fact], score.missed[fact], score.extra[fact]
        recall = f"{found / (found + missed):8.1%}" if found + missed else f"{'-':>8}"
        precision = f"{found / (found + extra):10.1%}" if found + extra else f"{'-':>10}"
        print(f"{fact:14} {found + missed:8} {found:6} {extra:6} {recall} {precision}")


def run_items(arguments):
    total, items, clean = Score(), 0, 0
    for path in sorted(glob.glob(os.path.join(arguments.labels, "*.json"))):
        name = os.path.basename(path)[:-5]
        if arguments.item and not fnmatch.fnmatch(name, arguments.item):
            continue
        with open(path, encoding="utf-8") as file:
            labels = json.load(file)
        where = os.path.join(arguments.corpus, labels["item"])
        if not arguments.replay and not os.path.exists(where):
            print(f"{name}: not in the corpus")
            continue
        try:
            if arguments.replay:
                with open(os.path.join(arguments.replay, name + ".json"), encoding="utf-8") as file:
                    answer = json.load(file)
            else:
                answer = ask(arguments.cupel, where)
        except (RuntimeError, ValueError, OSError) as problem:
            print(f"{name}: {problem}")
            answer = {}
        score = Item(labels, answer).run()
        items += 1
        clean += not score.extra["forbidden"]
        total.add(score)
        if arguments.verbose and score.lines:
            print(name, *score.lines, sep="\n")
    figures(total, FACTS)
    print()
    figures(total, ["data->sink", "class", "labelColumns", "featureColumns", "executed", "execution"])
    pairs = total.found["forbidden"] + total.extra["forbidden"]
    print(f"\n{items} items; {total.extra['forbidden']} of {pairs} forbidden edges drawn; none in {clean} items")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            facts = sorted(set(total.found) | set(total.missed) | set(total.extra))
            json.dump({f: [total.found[f], total.missed[f], total.extra[f]] for f in facts}, file, indent=1)
    return 0 if items else 2


def self_test():
    """A made answer: all right gives all found; each change of it is seen."""
    place = lambda line, cell=0: {"file": "a.ipynb", "codeCell": cell, "cellLine": line, "exec": 1}
    labels = {"sources": [{"id": "a", "kind": ["file"], "value": "a.csv", "location": place(1)},
                          {"id": "b", "kind": ["file"], "value": "data/b-*.csv", "location": place(2)}],
              "sinks": [{"kind": ["file"], "value": "out.csv", "location": place(9), "data": ["a"]}],
              "trainings": [{"variable": "m", "class": ["sklearn.svm.SVC"], "location": place(5) | {"endLine": 7}, "data": ["a"],
                             "role": ["train"], "labelColumns": ["y"], "executed": True}],
              "evaluations": [{"variable": "m", "location": place(8) | {"alsoLines": [10]}, "data": ["a"], "role": ["test"]}],
              "splits": [{"location": place(4), "outputs": [{"variable": "x", "role": ["train"]}]}],
              "hazards": [{"kind": "undefined-name", "location": place(1, 3), "names": ["q"]}],
              "forbidden": [{"data": "b", "training": place(5)}], "slices": {"a.ipynb": {"3": [0, 1]}},
              "neutral": [{"fact": "hazards", "kind": "multi-test"}], "execution": {}}
    answer = {"sources": [{"node": "n1", "kind": "file", "value": "./a.csv", "location": place(1)},
                          {"node": "n2", "kind": "file", "value": "data/b-7.csv", "location": place(2)}],
              "sinks": [{"node": "n5", "kind": "file", "value": "out.csv", "location": place(9), "data": ["n1"]}],
              "trainings": [{"model": "n3", "variable": "m", "class": "sklearn.svm.SVC", "location": place(6), "data": ["n1"],
                             "role": "train", "labelColumns": ["y"], "executed": True}],
              "evaluations": [{"model": "n3", "location": place(8), "data": ["n1"], "role": "test"},
                              {"model": "n3", "location": place(10), "data": ["n1"], "role": "test"}],
              "splits": [{"location": place(4), "outputs": [{"variable": "x", "role": "train"}]}],
              "hazards": [{"kind": "undefined-name", "location": place(2, 3), "names": ["q"]},
                          {"kind": "multi-test", "location": place(2, 3), "names": []}],
              "slices": {"a.ipynb": {"3": [0, 1]}}, "execution": {}}
    score = Item(labels, answer).run()
    assert not score.lines, score.lines
    assert score.found["data->model"] == 1 and score.found["forbidden"] == 1 and score.found["slices"] == 2

    def changed(**parts):
        return Item(labels, answer | parts).run()

    wrong = changed(trainings=[answer["trainings"][0] | {"data": ["n1", "n2"], "role": "test", "labelColumns": []}])
    assert wrong.extra["data->model"] == 1 and wrong.extra["forbidden"] == 1 and wrong.missed["roles"] == 1
    assert wrong.missed["labelColumns"] == 1
    assert changed(trainings=[]).missed["trainings"] == 1
    assert changed(trainings=answer["trainings"] * 2).extra["trainings"] == 1
    assert changed(sources=answer["sources"][:1]).missed["sources"] == 1
    assert changed(sources=[answer["sources"][0] | {"value": "c.csv"}]).extra["sources"] == 1
    assert changed(evaluations=[]).missed["evaluations"] == 1
    assert changed(splits=[{"location": place(4), "outputs": [{"variable": "x", "role": "test"}]}]).missed["splits"] == 1
    assert changed(hazards=[answer["hazards"][0] | {"names": ["r"]}]).extra["hazards"] == 1
    assert changed(slices={"a.ipynb": {"3": [0, 2]}}).extra["slices"] == 1
    expect = {"sinks": [{"value": "out.csv", "data": ["a.csv"]}], "hazards": [], "hazardKinds": ["multi-test"]}
    assert len(micro_check(answer, expect)) == 1
    assert not micro_check(answer | {"hazards": []}, expect)
    assert micro_check(answer | {"hazards": [], "sinks": [answer["sinks"][0] | {"data": ["n1", "n2"]}]}, expect)
    expect = {"trainings": [{"class": "SVC", "location": place(6), "role": ["train"], "data": ["a.csv"]}]}
    assert not micro_check(answer, expect)
    assert micro_check(answer | {"trainings": []}, expect)
    check_data()
    return 0


def check_data():
    """The files themselves: every label and every expectation can be read and has what it is made of."""
    sets = [glob.glob(os.path.join(DATA, folder, "*.json")) for folder in ("labels", "unseen", "unseen2", "unseen3")]
    for path in sorted(path for paths in sets for path in paths):
        with open(path, encoding="utf-8") as file:
            labels = json.load(file)
        identities = [s["id"] for s in labels["sources"]]
        assert len(set(identities)) == len(identities), path
        used = [d for kind in ("trainings", "evaluations", "sinks") for fact in labels[kind] for d in fact["data"]]
        assert set(used) <= set(identities), path
        assert {r["data"] for r in labels["forbidden"]} <= set(identities), path
    for path in sorted(glob.glob(os.path.join(DATA, "micro", "*.expect.json"))):
        with open(path, encoding="utf-8") as file:
            expect = json.load(file)
        assert os.path.exists(micro_path(path)), path
        assert expect["rule"] and len(expect) > 2, path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cupel", nargs="?")
    parser.add_argument("corpus", nargs="?")
    parser.add_argument("--micro", action="store_true")
    parser.add_argument("--replay", metavar="FOLDER")
    parser.add_argument("--labels", metavar="FOLDER", default=os.path.join(DATA, "labels"), help="the labels to compare with")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--item", metavar="GLOB", help="only items of this name")
    parser.add_argument("--json", metavar="FILE", help="write the counts")
    parser.add_argument("--verbose", action="store_true", help="list each miss and each extra")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if arguments.replay:
        arguments.corpus = arguments.corpus or arguments.cupel or ""
        return run_items(arguments)
    if not arguments.cupel or not (arguments.micro or arguments.corpus):
        parser.error("a program, and a corpus or --micro")
    return run_micro(arguments) if arguments.micro else run_items(arguments)


if __name__ == "__main__":
    sys.exit(main())
