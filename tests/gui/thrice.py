#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a Qt Test that measures, and asks again, in a fresh process, for each row that failed.

A turn of the event loop that is too long comes back every time; a pause of the machine underneath (a virtual machine
whose processor is taken away counts it as computing) does not. A row fails only if three fresh processes agree.

usage: thrice.py TEST [ARGUMENT ...]   (the arguments are for the first time: the row is named in the others)
"""
import re
import subprocess
import sys

FAILED = re.compile(r"^FAIL!\s+: \w+::(\w+)\((.*?)\)", re.MULTILINE)
ATTEMPTS = 3


def run(command: list[str]) -> tuple[int, set[str]]:
    """Exit code, and the failed rows as Qt Test takes them on its command line."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    print(done.stdout, flush=True)
    rows = {f"{name}:{row}" if row else name for name, row in FAILED.findall(done.stdout)}
    return done.returncode, rows


def main() -> int:
    test = sys.argv[1:]
    code, failed = run(test)
    if code == 0 or not failed:
        return code  # passed, or ended without saying which row: a crash is not asked twice
    for attempt in range(1, ATTEMPTS):
        print(f"--- {len(failed)} of the rows failed; asking again ({attempt} of {ATTEMPTS - 1}): {sorted(failed)}")
        again = set()
        for row in sorted(failed):
            code, rows = run([test[0], "-nocrashhandler", row])
            if code != 0:
                if not rows:
                    return code
                again.add(row)
        failed = again
        if not failed:
            return 0
    print(f"--- failed {ATTEMPTS} times: {sorted(failed)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
