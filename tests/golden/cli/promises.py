#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises of the command line that no single expected file can show: merging runs, the same bytes again, SARIF's inner
references and limits, scripts that shells accept, nothing secret in any output."""

import argparse
import base64
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile
import zlib

LINE_LIMIT = 1_000_000


class Promises:
    def __init__(self, cupel, work):
        self.cupel = cupel
        self.work = work
        self.failures = []

    def check(self, good, text):
        if not good:
            self.failures.append(text)

    def run(self, *words, stdin=b""):
        return subprocess.run([self.cupel, *words], cwd=self.work, input=stdin, capture_output=True, timeout=120)

    def notebook(self, name, sources, outputs=()):
        cells = [
            {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "source": source, "outputs": []}
            for i, source in enumerate(sources)
        ]
        if cells:
            cells[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text} for text in outputs]
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
        return path

    def corpus(self):
        """Files of every status: fine, flawed, cut off, not there, not text, in an archive."""
        self.notebook("c/a.ipynb", ["import os\n"])
        self.notebook("c/ünsafe.ipynb", ["import os, requests\nn = input()\nos.system('ls ' + n)\n",
                                         "é = 1; requests.get('https://a.example', verify=False)"], ["/home/ada/x.csv"])
        self.notebook("c/ünï cöde.ipynb", ["x = 'é'\n"])
        flawed = self.notebook("c/flawed.ipynb", ["x = 1", "y = 2"])
        flawed.write_text(flawed.read_text().replace("cell-1", "cell-0"))
        cut = self.notebook("c/cut.ipynb", ["print(1)\n" * 20])
        cut.write_bytes(cut.read_bytes()[:200])
        (self.work / "c/b.py").write_text("# %%\nprint(1)\n")
        (self.work / "c/blob.bin").write_bytes(bytes(range(256)) * 4)
        with zipfile.ZipFile(self.work / "c/z.zip", "w") as archive:
            archive.write(flawed, "inner/flawed.ipynb")
            archive.writestr("inner/m.pkl", b"\x80\x02crandom\nseed\nK\x07\x85R.")
        (self.work / "c/m.safetensors").write_bytes(self.safetensors({"__metadata__": {"note": "x"}}))
        return sorted(str(path.relative_to(self.work)) for path in (self.work / "c").iterdir())

    @staticmethod
    def safetensors(header):
        header["t"] = {"dtype": "U8", "shape": [24], "data_offsets": [0, 24]}
        text = json.dumps(header).encode()
        return len(text).to_bytes(8, "little") + text + b"\x80\x02crandom\nseed\nK\x07\x85R.".ljust(24, b"\0")

    def same_bytes_again(self):
        for format_ in ("json", "jsonl", "sarif", "text", "html", "md"):
            runs = {self.run("scan", "-f", format_, "--jobs", jobs, "c").stdout for jobs in ("1", "2", "8") for _ in range(2)}
            self.check(len(runs) == 1, f"{format_} differs from run to run")

    def merging(self, files):
        def records(names):
            lines = self.run("scan", "-f", "jsonl", *names).stdout.splitlines(keepends=True)
            self.check(all(len(line) < LINE_LIMIT for line in lines), "a line of JSON is too long")
            return [json.loads(line) for line in lines]

        def key(record):
            place = record.get("location") or {}
            return (record.get("artifact") or record.get("path") or "", place.get("start", record.get("offset", 0)),
                    place.get("end", 0), json.dumps(record, sort_keys=True))

        def merge(parts):
            merged = {"run": parts[0][0], "summary": {"type": "summary", "incomplete": False}}
            for kind in ("artifact", "finding", "diagnostic"):
                merged[kind] = sorted((r for part in parts for r in part if r["type"] == kind), key=key)
            for part in parts:
                for name, value in part[-1].items():
                    if name == "incomplete":
                        merged["summary"][name] |= value
                    elif name != "type":
                        merged["summary"][name] = merged["summary"].get(name, 0) + value
            return merged

        whole = merge([records(files)])
        for count in (2, 3, len(files)):
            parts = merge([records(files[i::count]) for i in range(count)])
            self.check(parts == whole, f"{count} runs merged differ from one run")
        document = json.loads(self.run("scan", "-f", "json", *files).stdout)
        strip = lambda rows: [{k: v for k, v in row.items() if k != "type"} for row in rows]
        self.check(sorted(document["findings"], key=key) == strip(whole["finding"]), "json and jsonl list other findings")
        self.check(sorted(document["artifacts"], key=key) == strip(whole["artifact"]), "json and jsonl list other artifacts")
        self.check([a["path"] for a in document["artifacts"]] == sorted({a["path"] for a in document["artifacts"]}, key=str.encode),
                   "artifacts are not in order, or twice")

    def sarif(self):
        log = json.loads(self.run("scan", "-f", "sarif", "c").stdout)
        plain = json.loads(self.run("scan", "-f", "json", "c").stdout)
        self.check(log["version"] == "2.1.0" and len(log["runs"]) == 1, "SARIF's frame is wrong")
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        self.check(run["columnKind"] == "unicodeCodePoints", "columns are counted in another way")
        self.check(run["automationDetails"]["id"].endswith("/"), "the category does not end with a slash")
        self.check(len(run["results"]) == len(plain["findings"]), "SARIF has another number of results")
        self.check(run["invocations"][0]["exitCode"] == self.run("scan", "-q", "c").returncode, "the exit code is not in SARIF")
        notes = run["invocations"][0]["toolExecutionNotifications"]
        self.check(len(notes) == len(plain["diagnostics"]), "SARIF has another number of notifications")
        for rule in rules:
            self.check(len(rule["shortDescription"]["text"]) <= 1024 and len(rule["fullDescription"]["text"]) <= 1024
                       and len(rule["name"]) <= 255, f"{rule['id']}: descriptions too long")
            self.check(rule["help"]["text"] and rule["help"]["markdown"], f"{rule['id']}: no help")
            self.check("security" in rule["properties"]["tags"] and len(rule["properties"]["tags"]) <= 10, f"{rule['id']}: tags")
            self.check(0.0 <= float(rule["properties"]["security-severity"]) <= 10.0, f"{rule['id']}: security-severity")
        for artifact in run["artifacts"]:
            self.check(set(artifact["location"]) == {"uri", "uriBaseId"}, "an artifact's location is wrong")
        by_path = {artifact["path"]: artifact for artifact in plain["artifacts"]}
        for result in run["results"]:
            self.check(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex points to another rule")
            self.check(result["level"] in ("error", "warning", "note") and 0 <= result["rank"] <= 100, "level or rank")
            place = result["locations"][0]["physicalLocation"]
            where = place["artifactLocation"]
            self.check(run["artifacts"][where["index"]]["location"]["uri"] == where["uri"], "index points to another artifact")
            self.check(re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=@/%]+", where["uri"]) is not None, f"not a URI: {where['uri']}")
            path = urllib.parse.unquote(where["uri"])
            self.check(path in by_path, f"unknown artifact {path}")
            if path in by_path and run["artifacts"][where["index"]].get("hashes"):
                self.check(run["artifacts"][where["index"]]["hashes"]["sha-256"] == by_path[path]["sha256"], "another digest")
            self.check(place["region"].get("startLine", 1) >= 1 and place["region"]["byteLength"] >= 0, "region")
            self.same_place(path, place["region"])
            self.check(len(result["partialFingerprints"]["cupel/v1"]) == 32, "fingerprint")
            self.sarif_fixes(result, run)
        inside = {place["fullyQualifiedName"] for result in run["results"]
                  for place in result["locations"][0].get("logicalLocations", [])}
        self.check({"/inner/m.pkl", "/tensors/t"} <= inside, f"members and tensors are not named: {inside}")
        for path, artifact in zip(by_path, run["artifacts"]):
            self.check(("!" in path) == ("parentIndex" in artifact), f"{path}: parentIndex")
        for part in ("fixes", "codeFlows"):
            self.check(any(part in result for result in run["results"]), f"no result has {part}: nothing was checked there")
        self.sarif_form(log)

    # SARIF 2.1.0 forbids members it does not know: those of the objects that are written, with the required ones marked.
    FORM = {
        "runs": "tool! invocations automationDetails originalUriBaseIds artifacts columnKind redactionTokens results",
        "results": "ruleId ruleIndex level rank message! locations relatedLocations codeFlows partialFingerprints suppressions fixes properties",
        "locations": "id physicalLocation logicalLocations message location executionOrder importance",
        "relatedLocations": "id physicalLocation logicalLocations message",
        "physicalLocation": "artifactLocation region contextRegion",
        "region": "startLine startColumn endLine endColumn byteOffset byteLength snippet",
        "contextRegion": "startLine endLine snippet", "deletedRegion": "startLine startColumn endLine endColumn byteOffset byteLength",
        "logicalLocations": "name fullyQualifiedName kind", "artifactLocation": "uri uriBaseId index",
        "codeFlows": "threadFlows!", "threadFlows": "locations!", "suppressions": "kind! status justification",
        "fixes": "description artifactChanges! properties", "artifactChanges": "artifactLocation! replacements!",
        "replacements": "deletedRegion! insertedContent", "insertedContent": "text", "message": "text", "description": "text",
        "invocations": "executionSuccessful! exitCode toolExecutionNotifications properties",
        "toolExecutionNotifications": "descriptor level message! locations",
    }

    def sarif_form(self, value, name=""):
        if isinstance(value, list):
            for item in value:
                self.sarif_form(item, name)
        elif isinstance(value, dict):
            words = self.FORM.get(name, "").split()
            if words:
                extra = set(value) - {word.rstrip("!") for word in words}
                missing = {word[:-1] for word in words if word.endswith("!")} - set(value)
                self.check(not extra and not missing, f"SARIF's {name}: {sorted(extra)} too many, {sorted(missing)} missing")
            if name == "results":
                kinds = {(s["kind"], s["status"]) for s in value.get("suppressions", [])}
                self.check(kinds <= {("inSource", "accepted"), ("external", "accepted"), ("external", "underReview")}, "suppression")
            for key, item in value.items():
                if name != "properties":
                    self.sarif_form(item, key)

    def sarif_fixes(self, result, run):
        """The bytes of a fix are those its lines name, in order and apart from each other."""
        for change in (change for fix in result.get("fixes", []) for change in fix["artifactChanges"]):
            where = change["artifactLocation"]
            self.check(run["artifacts"][where["index"]]["location"]["uri"] == where["uri"], "a fix changes another artifact")
            end = 0
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                self.check(region["byteOffset"] >= end and (region["byteLength"] > 0 or "insertedContent" in replacement), "replacement")
                end = region["byteOffset"] + region["byteLength"]
                self.same_place(urllib.parse.unquote(where["uri"]), region)

    def review(self):
        """Profile and decisions reach the report: what is decided is told and blocks no more."""
        found = json.loads(self.run("scan", "-f", "json", "c/flawed.ipynb").stdout)["findings"]
        decided = {"artifact": "flawed.ipynb", "rule": found[0]["rule"], "reason": "accepted-risk", "note": "old file", "author": "Ines",
                   "decided": "2026-01-02", "fingerprint": found[0]["fingerprint"], "context": ""}
        (self.work / "decisions.jsonl").write_text(json.dumps(decided) + "\n", encoding="utf-8")
        text = self.run("scan", "-f", "md", "--profile", "regulator", "--decisions", "decisions.jsonl", "c/flawed.ipynb").stdout.decode()
        for words in ("the profile Regulator", "Sharing profile", "Decisions that hold", "old file", "Ines", "accepted risk"):
            self.check(words in text, f"the report of a review lacks: {words}")
        self.check("Decisions that hold" not in self.run("scan", "-f", "md", "c/flawed.ipynb").stdout.decode(), "decisions from nowhere")

    def shrinking(self):
        """A long output is cut only when that is asked for, and says how much went."""
        lines = [f"step {i}: all is as it was before, nothing to see\n" for i in range(3000)]
        output = {"output_type": "stream", "name": "stdout", "text": lines}
        cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "log()", "outputs": [output]}
        document = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        (self.work / "long.ipynb").write_text(json.dumps(document, indent=1), encoding="utf-8")
        self.run("fix", "long.ipynb", "--out", "same.ipynb")
        self.check((self.work / "same.ipynb").read_bytes() == (self.work / "long.ipynb").read_bytes(), "shrunk unasked")
        self.run("fix", "long.ipynb", "--only", "shrink-output", "--out", "short.ipynb")
        text = json.loads((self.work / "short.ipynb").read_text(encoding="utf-8"))["cells"][0]["outputs"][0]["text"]
        self.check(text == lines[:20] + ["[2980 more lines cut]\n"], f"a shrunk output: {text[-1:]}")

    def same_place(self, path, region):
        """Lines and columns (in code points) mean the same bytes as the offsets."""
        file = self.work / path
        if not file.is_file() or "endLine" not in region:
            return
        data = file.read_bytes()

        def offset(line, column):
            start = 0
            for _ in range(line - 1):
                start = data.index(b"\n", start) + 1
            return start + len(data[start:].decode("utf-8", "replace")[: column - 1].encode())

        start, end = offset(region["startLine"], region["startColumn"]), offset(region["endLine"], region["endColumn"])
        self.check((start, end) == (region["byteOffset"], region["byteOffset"] + region["byteLength"]), f"{path}: {region}")

    def documents(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.run("completions", shell).stdout
            self.check(len(script) > 500, f"no completions for {shell}")
            if shutil.which(shell):
                path = self.work / f"completions.{shell}"
                path.write_bytes(script)
                done = subprocess.run([shell, "-n", path], capture_output=True)
                self.check(done.returncode == 0, f"{shell} does not accept its completions: {done.stderr}")
        page = self.work / "cupel.1"
        page.write_bytes(self.run("man").stdout)
        if shutil.which("man"):
            done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True,
                                  env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            self.check(done.returncode == 0 and not done.stderr, f"man warns: {done.stderr}")
        if shutil.which("mandoc"):
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "error", page], capture_output=True)
            self.check(done.returncode == 0, f"mandoc: {done.stdout}")
        text = page.read_text(encoding="utf-8").replace("\\-", "-")
        for command in ("scan", "inspect", "rules", "explain", "open", "completions", "man"):
            self.check(f".SS cupel {command}\n" in text, f"{command} is not in the manual")
            for line in self.run(command, "--help").stdout.decode().splitlines():
                self.check(len(line) <= 80, f"a line of {command}'s help is too long: {line}")

    def progress(self):
        done = self.run("scan", "--progress", "json", "-f", "json", "c")
        lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith(b"{")]
        self.check(lines and lines[-1]["finished"] and lines[-1]["doneArtifacts"] == lines[-1]["knownArtifacts"], "progress as JSON")
        plain = self.run("scan", "--progress", "plain", "-f", "json", "c")
        self.check(b"cupel: checked " in plain.stderr, "progress as plain lines")
        self.check(plain.stdout == done.stdout, "progress changes the results")

    def interrupts(self):
        for words in (["scan", "-f", "json", "-"], ["scan", "--files-from", "-"], ["inspect", "-"]):
            process = subprocess.Popen([self.cupel, *words], cwd=self.work, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            time.sleep(0.3)
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            code = process.wait(20)
            self.check(code == 130, f"{words}: exit {code} after an interrupt")
            self.check(time.monotonic() - start < 1.0, f"{words}: took a second to stop")
            output = process.stdout.read()
            self.check("json" not in words or json.loads(output)["incomplete"], "interrupted output")
            for pipe in (process.stdin, process.stdout, process.stderr):
                pipe.close()

    def second_interrupt(self):
        """Nobody reads: the first interrupt cannot end the write, the second ends the program at once."""
        missing = [f"missing-{i}" for i in range(2000)]
        process = subprocess.Popen([self.cupel, "scan", "-q", "-f", "json", *missing], cwd=self.work, stdout=subprocess.PIPE)
        time.sleep(0.7)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        self.check(process.poll() is None, "the first interrupt tore the output")
        process.send_signal(signal.SIGINT)
        self.check(process.wait(20) == 130, "the second interrupt did not end it")
        process.stdout.close()

    def opening(self):
        """The workbench is the one beside the program; without one, a sentence and 2."""
        folder = self.work / "bin"
        folder.mkdir()
        program = shutil.copy(self.cupel, folder / "cupel")
        run = lambda: subprocess.run([program, "open", "--", "a b.ipynb", "-x"], capture_output=True, env={"PATH": "/nowhere"}, timeout=60)
        done = run()
        self.check(done.returncode == 2 and b"not installed" in done.stderr, "open without a workbench")
        (folder / "cupel-workbench").write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
        (folder / "cupel-workbench").chmod(0o755)
        done = run()
        self.check(done.returncode == 0 and done.stdout == b"a b.ipynb|./-x|", f"open passes on {done.stdout!r}")

    def nothing_secret(self):
        """A made-up token that is right down to its checksum; it exists only while this test runs."""
        body = base64.b32encode(zlib.compress(b"cupel golden test"))[:30].decode()
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        crc, tail = zlib.crc32(body.encode()), ""
        while len(tail) < 6:
            crc, digit = divmod(crc, 62)
            tail = digits[digit] + tail
        token = "gh" + "p_" + body + tail
        escaped = "".join(f"\\u{ord(c):04x}" for c in token)
        book = self.notebook("s/secret.ipynb", [f"token = '{token}'\n", f"print('{token}')\n"], [f"{token}\n"])
        book.write_text(book.read_text().replace(token, escaped, 1), encoding="utf-8")
        (self.work / "s/secret.py").write_text(f"token = '{token}'\n")
        wrapped = base64.b64encode(f"key {token}".encode()).decode().rstrip("=")
        (self.work / "s/limits.py").write_text(  # beside what meets the limits of folding, decoding and searching
            f"a = '{token} {'y' * 80000}'\nb = a + '{token}'\nc = '" + '{"kty":"EC" ' + '"kty":"EC" ' * 300 + f"{token}'\n"
            + "d = '" + base64.b64encode(zlib.compress(token.encode() + b' a' * (4 << 20))).decode() + "'\n")
        with zipfile.ZipFile(self.work / "s/names.zip", "w") as archive:
            for name in (f"runs/{token}.py", f"{token}/a.py", f"b/{token}.py", f"{wrapped}.py", f"{token}.zip", "x.py"):
                archive.writestr(name, "x = 1\n")
            archive.getinfo("x.py").comment = token.encode()
            archive.comment = f"made with {token}".encode()
        text = lambda value: b"\x8c" + bytes([len(value)]) + value.encode()
        (self.work / "m").mkdir()
        (self.work / "m/a.pkl").write_bytes(b"\x80\x04}(" + text(token) + text(f"x {token}") + text("s") + text("random") + text("seed")
                                            + b"\x93" + text(token) + b"\x85Ru.")
        (self.work / "m/b.safetensors").write_bytes(self.safetensors({f"{token}": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]},
                                                                      "__metadata__": {"a": f"x {token}", f"y {token}": "z"}}))
        found = json.loads(self.run("scan", "-f", "json", "s").stdout)["findings"]
        self.check(sum(f["family"] == "secret" for f in found) >= 4, "the made-up token was not found at its four places")
        listed = json.loads(self.run("scan", "-f", "json", "s/names.zip").stdout)
        self.check(len(listed["artifacts"]) == 7, "a member whose name is masked was lost")
        secrets = sum(f["family"] == "secret" for f in listed["findings"])
        self.check(secrets == 7, "secrets in names and comments of members were not found")
        self.check(len(listed["findings"]) == secrets + 2, "comments of the archive and of a member were not told")
        codes = {d["code"] for d in json.loads(self.run("scan", "-f", "json", "s/limits.py").stdout)["diagnostics"]}
        self.check({"folding-limit", "search-limit", "unwrap-limit"} <= codes, "limits that were met were not told")
        self.check(self.run("scan", "--fail-on", "never", "s/limits.py").returncode == 4, "a limit that was met is not told by the exit code")
        for words in [["scan", "-v", "-f", format_, "s"] for format_ in ("text", "json", "jsonl", "sarif", "html", "md")] + [
            ["scan", "-f", format_, "m"] for format_ in ("text", "json", "sarif", "csv", "junit", "html", "md")
        ] + [["inspect", "-f", format_, f"m/{name}"] for format_ in ("text", "json") for name in ("a.pkl", "b.safetensors")] + [
            ["inspect", "--source", "-f", format_, f"s/{name}"]
            for format_ in ("text", "json") for name in ("secret.ipynb", "secret.py", "limits.py", "names.zip")
        ] + [["scan", "-q", "s"]]:
            done = self.run(*words)
            shown = done.stdout + done.stderr
            for form in (token, token[6:], escaped, escaped.upper(), wrapped):
                self.check(form.encode() not in shown, f"a secret stands in clear in the output of {' '.join(words)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cupel", required=True)
    cupel = str(pathlib.Path(parser.parse_args().cupel).resolve())
    with tempfile.TemporaryDirectory(prefix="cupel-promises-") as work:
        promises = Promises(cupel, pathlib.Path(work))
        files = promises.corpus()
        promises.same_bytes_again()
        promises.merging(files)
        promises.sarif()
        promises.review()
        promises.shrinking()
        promises.documents()
        promises.progress()
        promises.interrupts()
        promises.second_interrupt()
        promises.opening()
        promises.nothing_secret()
    for failure in promises.failures:
        print("FAILED", failure)
    return 1 if promises.failures else 0


if __name__ == "__main__":
    sys.exit(main())
