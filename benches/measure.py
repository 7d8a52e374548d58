"""One run of a program: measure.py SECONDS OUTPUT COMMAND... prints wall and CPU seconds, peak bytes and exit as JSON.

It is a program of its own because the system counts the memory of whoever starts a program as the program's: what is
small here stays small there.
"""
import json
import os
import signal
import sys
import time


def main():
    seconds, output, *command = sys.argv[1:]
    opened = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    errors = os.open(output + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    empty = os.open(os.devnull, os.O_RDONLY)
    streams = [(os.POSIX_SPAWN_DUP2, empty, 0), (os.POSIX_SPAWN_DUP2, opened, 1), (os.POSIX_SPAWN_DUP2, errors, 2)]
    started = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=streams)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    scale = 1 if sys.platform == "darwin" else 1024
    figures = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * scale,
        "exit": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(figures))


main()
