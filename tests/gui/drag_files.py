#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drags files onto a window as a file manager does it: XDND version 5 over the X server, no toolkit in between.

  drag_files.py WINDOW X Y [--action copy|move] [--only] [--drop] [--hold SECONDS] PATH...

Enters WINDOW (a number) at its point X, Y, waits for the answer, holds there, then drops or leaves. With --only the action is the
only one it offers; a file manager offers copy as well. Prints what the window
answered: "accepted copy", "refused", "finished copy" ... Needs python3-xlib.
"""
import argparse
import os
import sys
import time
import urllib.parse

from Xlib import X, Xatom, display
from Xlib.protocol import event


class Source:
    def __init__(self, target, paths, action, only):
        self.display = display.Display()
        self.root = self.display.screen().root
        self.window = self.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        self.target = self.display.create_resource_object("window", target)
        self.uris = "".join("file://" + urllib.parse.quote(os.path.abspath(path)) + "\r\n" for path in paths).encode()
        self.action = self.atom("XdndAction" + action.capitalize())
        self.list = self.atom("text/uri-list")
        offered = [self.action] if only else [self.atom("XdndActionCopy"), self.atom("XdndActionMove"), self.atom("XdndActionLink")]
        self.window.change_property(self.atom("XdndActionList"), Xatom.ATOM, 32, offered)

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, kind, *words):
        data = (32, [self.window.id, *words, *[0] * (4 - len(words))])
        self.target.send_event(event.ClientMessage(window=self.target, client_type=self.atom(kind), data=data))
        self.display.flush()

    def answer(self, wanted, seconds=3):
        """Serves the data meanwhile; the words of the wanted message, or None."""
        end = time.time() + seconds
        while time.time() < end:
            while self.display.pending_events():
                got = self.display.next_event()
                if got.type == X.SelectionRequest:
                    self.give(got)
                elif got.type == X.ClientMessage and got.client_type == self.atom(wanted):
                    return got.data[1]
            time.sleep(0.005)
        return None

    def give(self, request):
        place = request.property or request.target
        if request.target == self.list:
            request.requestor.change_property(place, self.list, 8, self.uris)
        elif request.target == self.atom("TARGETS"):
            request.requestor.change_property(place, Xatom.ATOM, 32, [self.list])
        else:
            place = X.NONE
        request.requestor.send_event(event.SelectionNotify(time=request.time, requestor=request.requestor.id,
                                                           selection=request.selection, target=request.target, property=place))
        self.display.flush()

    def enter(self):
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)
        self.send("XdndEnter", 5 << 24, self.list)

    def move(self, x, y):
        place = self.target.translate_coords(self.root, 0, 0)
        where = (-place.x + x) << 16 | (-place.y + y)
        self.send("XdndPosition", 0, where, X.CurrentTime, self.action)
        words = self.answer("XdndStatus")
        return self.told(words[1] & 1, words[4]) if words else "silent"

    def told(self, accepted, action):
        return "accepted " + self.display.get_atom_name(action)[len("XdndAction"):].lower() if accepted else "refused"

    def drop(self):
        self.send("XdndDrop", 0, X.CurrentTime)
        words = self.answer("XdndFinished")
        if not words:
            return "never finished"
        if not words[1] & 1:
            return "dropped for nothing"
        return "finished " + (self.display.get_atom_name(words[2])[len("XdndAction"):].lower() if words[2] else "nothing")

    def leave(self):
        self.send("XdndLeave")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("window", type=lambda text: int(text, 0))
    parser.add_argument("x", type=int)
    parser.add_argument("y", type=int)
    parser.add_argument("--action", choices=["copy", "move"], default="copy")
    parser.add_argument("--only", action="store_true")
    parser.add_argument("--drop", action="store_true")
    parser.add_argument("--hold", type=float, default=0)
    parser.add_argument("paths", nargs="+")
    arguments = parser.parse_args()
    source = Source(arguments.window, arguments.paths, arguments.action, arguments.only)
    source.enter()
    answer = source.move(arguments.x, arguments.y)
    answer = source.move(arguments.x + 3, arguments.y + 3) if answer != "silent" else answer
    print(answer, flush=True)
    end = time.time() + arguments.hold
    while time.time() < end:
        source.answer("nothing", 0.1)
    if not arguments.drop or answer in ("silent", "refused"):
        source.leave()
        source.display.flush()
        return 0 if answer.startswith("accepted") else 1
    print(source.drop(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
