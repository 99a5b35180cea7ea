#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the whole window, again and again, while real keys change what it remembers.

  kill_window.py WORKBENCH [--runs 100] [--seed 1] [--keep FOLDER]

The window runs on an X server of its own (Xvfb, openbox, xdotool) with folders of its own, on a copy of the sample. Every run
starts it on what the run before left behind (so the dead lock and socket of a killed window too), changes filter, selection,
grouping, mode, text size, theme or drawer, and kills it at a random moment: while it starts, while it restores, between two
keys, or when all is quiet. What must hold:

  - every file it keeps can be read, whole, after every kill;
  - a change older than the grace time (4.5 s) is on the disk;
  - the next start restores what the disk says, seen in its title and in what it writes itself;
  - a start that is killed before it was ready leaves the review as it was;
  - nothing piles up beside the files.

Exit code 1 when something did not hold, 77 when a program it needs is missing.
"""
import argparse
import configparser
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NEEDS = ("Xvfb", "openbox", "xdotool")
GRACE = 4.5  # s; less than 5 is what is promised
QUERIES = ("", "sev>=high", "part:output", "password", "-conf:possible", "file:train")
MODES = {"review": "ctrl+2", "report": "ctrl+7", "settings": "ctrl+comma", "home": "ctrl+1"}
REVIEW_KEYS = ("roots", "query", "grouping", "artifact", "finding")


class Display:
    def __init__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
                                       pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as stream:
            self.name = ":" + stream.readline().strip()
        self.environment = {**os.environ, "DISPLAY": self.name}
        self.manager = subprocess.Popen(["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()

    def tool(self, *words):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()


class Window:
    def __init__(self, display, program, folder, *arguments):
        self.display, self.folder = display, folder
        self.environment = {name: value for name, value in display.environment.items()
                            if not name.startswith("XDG_") and name not in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        for name in ("config", "state", "run", "home"):
            os.makedirs(os.path.join(folder, name), mode=0o700, exist_ok=True)
        self.environment |= {"HOME": os.path.join(folder, "home"), "XDG_CONFIG_HOME": os.path.join(folder, "config"),
                             "XDG_STATE_HOME": os.path.join(folder, "state"), "XDG_RUNTIME_DIR": os.path.join(folder, "run")}
        self.started = time.time()
        self.process = subprocess.Popen([program, *arguments], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.id = ""

    def find(self, seconds=15):
        end = time.time() + seconds
        while time.time() < end and self.process.poll() is None:
            found = self.display.tool("search", "--onlyvisible", "--pid", self.process.pid).split()
            if found:
                self.id = found[-1]
                self.display.tool("windowactivate", "--sync", self.id)
                return True
            time.sleep(0.03)
        return False

    def title(self):
        return self.display.tool("getwindowname", self.id) or self.display.tool("getwindowname", self.id)

    def key(self, *keys):
        self.display.tool("key", "--delay", "15", *keys)

    def type(self, text):
        self.display.tool("type", "--delay", "15", "--", text)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Disk:
    """What the window left behind. Reading it is the first check: nothing may be torn."""

    def __init__(self, folder):
        self.problems = []
        state = os.path.join(folder, "state", "cupel")
        self.session = self.json(os.path.join(state, "session.json"))
        self.recents = self.json(os.path.join(state, "recents.json"))
        self.settings = {}
        path = os.path.join(folder, "config", "cupel", "settings.ini")
        if os.path.exists(path):
            parser = configparser.ConfigParser(interpolation=None, strict=True)
            try:
                parser.read(path, encoding="utf-8")
                self.settings = {f"{section}/{key}": value for section in parser.sections() for key, value in parser[section].items()}
                if self.settings.get("cupel/schema") is None:
                    self.problems.append("settings.ini has no schema: it is not whole")
            except (configparser.Error, UnicodeDecodeError) as error:
                self.problems.append(f"settings.ini: {error}")
        self.leftovers = [name for base in (state, os.path.dirname(path)) if os.path.isdir(base) for name in os.listdir(base)
                          if name.startswith(("session.json.", "recents.json.", "settings.ini."))]

    def json(self, path):
        if not os.path.exists(path):
            return {}
        try:
            with open(path, encoding="utf-8") as stream:
                value = json.load(stream)
            if value.get("schema") == 1:
                return value
            self.problems.append(f"{os.path.basename(path)} has no schema")
        except (ValueError, UnicodeDecodeError) as error:
            self.problems.append(f"{os.path.basename(path)}: {error}")
        return {}

    def value(self, name):
        return {"query": self.session.get("query"), "mode": self.session.get("mode"), "drawer": self.session.get("drawer"),
                "grouping": self.session.get("grouping"), "zoom": float(self.settings.get("appearance/text_zoom", "1"))}[name]


class Hand:
    """Presses keys and remembers what they should have done, and when."""

    def __init__(self, window, disk, chance):
        self.window, self.chance = window, chance
        self.now = {name: disk.value(name) for name in ("query", "mode", "drawer", "grouping", "zoom")}
        self.seen = {name: [(0.0, value)] for name, value in self.now.items()}

    def expect(self, name, value):
        self.now[name] = value
        self.seen[name].append((time.time(), value))

    def go(self, mode):
        self.window.key(MODES[mode])
        self.expect("mode", mode)

    def anything(self):
        getattr(self, self.chance.choice(["filter", "walk", "group", "mode", "zoom", "drawer", "file"]))()

    def filter(self):
        query = self.chance.choice(QUERIES)
        self.go("review")
        self.window.key("ctrl+f", "ctrl+a", "BackSpace")
        for length in range(len(query) + 1):
            self.expect("query", query[:length])  # each letter filters
        if query:
            self.window.type(query)
        self.expect("query", query)
        self.go("review")

    def walk(self):
        self.go("review")
        self.window.key(*["F8"] * self.chance.randint(1, 4))

    def group(self):
        self.go("review")
        self.window.key("g")
        self.seen["grouping"].append((time.time(), None))  # one further; how many there are is not this test's business

    def mode(self):
        self.go(self.chance.choice(list(MODES)))

    def zoom(self):
        larger = self.now["zoom"] < 1.2
        self.window.key("ctrl+plus" if larger else "ctrl+0")
        self.expect("zoom", round(self.now["zoom"] * 1.1 * 20) / 20 if larger else 1.0)

    def drawer(self):
        self.go("review")
        self.window.key("ctrl+j")
        self.expect("drawer", not self.now["drawer"])
        self.go("review")

    def file(self):
        self.go("review")
        self.window.key("ctrl+Next")

    def lost(self, disk, killed):
        out = []
        for name, changes in self.seen.items():
            settled = [value for when, value in changes if when < killed - GRACE][-1]
            later = [value for when, value in changes if when >= killed - GRACE]
            if disk.value(name) not in [settled, *later] and None not in [settled, *later]:
                out.append(f"{name} is {disk.value(name)!r} on the disk, expected {settled!r}" + (f" or one of {later!r}" if later else ""))
        return out


def restored(window, before, seconds=15):
    """Waits until the window shows and itself writes what the disk said; what is different, when it does not."""
    end = time.time() + seconds
    wrong = ["the window did not come up"]
    while time.time() < end:
        path = os.path.join(window.folder, "state", "cupel", "session.json")
        if os.path.getmtime(path) > window.started:
            disk = Disk(window.folder)
            wrong = disk.problems + [f"{name}: {disk.session.get(name)!r}, was {before.session.get(name)!r}"
                                     for name in (*REVIEW_KEYS, "mode", "drawer") if disk.session.get(name) != before.session.get(name)]
            if before.session.get("mode") == "review":
                name = os.path.basename(before.session["artifact"].split("!")[-1])
                if name not in window.title():
                    wrong.append(f"the title is {window.title()!r}, the file was {name}")
            if not wrong:
                return []
        time.sleep(0.1)
    return wrong


class Test:
    def __init__(self, program, folder, seed):
        self.program, self.folder = program, folder
        self.chance = random.Random(seed)
        self.display = Display()
        self.failures = []
        self.moments = {"starting": 0, "restoring": 0, "working": 0, "quiet": 0}

    def fail(self, run, moment, problems):
        for problem in problems:
            self.failures.append(problem)
            print(f"run {run}, killed {moment}: {problem}", flush=True)

    def first(self, sample):
        """A first day: the sample is opened, and the tour is over before it began."""
        os.makedirs(os.path.join(self.folder, "state", "cupel"), mode=0o700)
        with open(os.path.join(self.folder, "state", "cupel", "session.json"), "w", encoding="utf-8") as stream:
            json.dump({"schema": 1, "tourSeen": True, "cleanExit": True}, stream)
        window = Window(self.display, self.program, self.folder, sample)
        if not window.find():
            sys.exit("kill_window: the window does not come up")
        time.sleep(2)
        window.kill()

    def run(self, number):
        before = Disk(self.folder)
        window = Window(self.display, self.program, self.folder)
        moment = self.chance.choices(list(self.moments), [3, 4, 6, 2])[0]
        self.moments[moment] += 1
        if moment == "starting":
            time.sleep(self.chance.uniform(0, 0.25))
            window.kill()
        elif not window.find():
            self.fail(number, "never", ["the window did not come up"])
            window.kill()
            return
        if moment == "restoring":
            time.sleep(self.chance.uniform(0, 1.2))
            window.kill()
        if moment in ("starting", "restoring"):
            after = Disk(self.folder)
            self.fail(number, moment, after.problems + [
                f"{name}: {after.session.get(name)!r}, was {before.session.get(name)!r}"
                for name in (*REVIEW_KEYS, "drawer") if after.session.get(name) != before.session.get(name)])
            return
        self.fail(number, "not yet", restored(window, before))
        hand = Hand(window, before, self.chance)
        for _ in range(self.chance.randint(1, 5)):
            hand.anything()
            time.sleep(self.chance.choice([0, 0, 0.3, 0.8]))
        time.sleep(GRACE + 0.3 if moment == "quiet" else self.chance.uniform(0, 0.9))
        killed = time.time()
        window.kill()
        after = Disk(self.folder)
        self.fail(number, moment, after.problems + hand.lost(after, killed))

    def last(self):
        """The files of killed writers are cleared away by the next start."""
        window = Window(self.display, self.program, self.folder)
        window.find()
        time.sleep(1)
        leftovers = Disk(self.folder).leftovers
        if leftovers:
            self.fail("last", "never", [f"left behind: {', '.join(leftovers)}"])
        window.display.tool("key", "ctrl+q")
        try:
            window.process.wait(10)
        except subprocess.TimeoutExpired:
            self.fail("last", "never", ["Ctrl+Q does not end it"])
            window.kill()
        if not Disk(self.folder).session.get("cleanExit"):
            self.fail("last", "never", ["a proper end is not marked as one"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbench")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", metavar="FOLDER")
    arguments = parser.parse_args()
    missing = [name for name in NEEDS if not shutil.which(name)]
    if missing:
        print(f"not here: {', '.join(missing)}")
        return 77
    folder = arguments.keep or tempfile.mkdtemp(prefix="cupel-kill-")
    sample = os.path.join(folder, "churn")
    shutil.copytree(os.path.join(ROOT, "resources", "samples", "churn"), sample)
    test = Test(os.path.abspath(arguments.workbench), folder, arguments.seed)
    try:
        test.first(sample)
        for number in range(arguments.runs):
            test.run(number)
        test.last()
    finally:
        test.display.close()
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)
    moments = ", ".join(f"{count} {name}" for name, count in test.moments.items())
    print(f"{arguments.runs} kills ({moments}), {len(test.failures)} problems")
    return 1 if test.failures else 0


if __name__ == "__main__":
    sys.exit(main())
