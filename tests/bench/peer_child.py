# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one command and tells its time and memory: python3 -I -S peer_child.py LIMIT OUT ERR COMMAND...

A process of its own, because the memory of the one that starts a program counts as that program's: this one has 9 MB.
Writes "SECONDS BYTES CODE": CPU time of user and system, largest resident size; CODE is "late" when the command was stopped after LIMIT
seconds of CPU time, or five times as much on the clock.
"""
import os
import resource
import signal
import sys

limit, out, err, command = float(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, out, writing, 0o600),
           (os.POSIX_SPAWN_OPEN, 2, err, writing, 0o600)]
late = False


def stop(*_):
    global late
    late = True
    os.killpg(child, signal.SIGKILL)


signal.signal(signal.SIGALRM, stop)
resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
child = os.posix_spawn(command[0], command, os.environ, file_actions=actions, setpgroup=0)
signal.setitimer(signal.ITIMER_REAL, 5 * limit)
_, status, usage = os.wait4(child, 0)
signal.setitimer(signal.ITIMER_REAL, 0)
code = os.waitstatus_to_exitcode(status)
print(f"{usage.ru_utime + usage.ru_stime:.6f} {usage.ru_maxrss * 1024} {'late' if late or code == -signal.SIGXCPU else code}")
