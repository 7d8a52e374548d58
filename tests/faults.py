#!/usr/bin/env python3
"""Kills `recte check --fix` at any moment, and makes every system call that writes fail in turn.

Whatever happens, each file must hold its old text or its new one. Usage: faults.py RECTE [KILLS].
The second part needs strace, and says so when there is none.
"""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FILES = 12
OLD = 'fact f{0} {{\n  inferred: yes\n  allow: circular-reasoning "-"\n}}\n'
NEW = "fact f{0} {{\n  inferred: yes\n}}\n"
CALLS = ["openat", "write", "fsync", "fchmod", "fchown", "rename", "renameat", "renameat2", "unlink", "flock"]
ERRORS = ["ENOSPC", "EIO", "EACCES"]


def project(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    open(os.path.join(folder, "recte.toml"), "w").close()
    for number in range(FILES):
        with open(os.path.join(folder, f"f{number}.claims"), "w") as file:
            file.write(OLD.format(number))


def torn(folder):
    """The files that are neither as they were nor as they should be."""
    wrong = []
    for number in range(FILES):
        path = os.path.join(folder, f"f{number}.claims")
        try:
            with open(path) as file:
                text = file.read()
        except OSError as error:
            text = str(error)
        if text not in (OLD.format(number), NEW.format(number)):
            wrong.append((path, text))
    return wrong


def fixed(folder):
    return all(open(os.path.join(folder, f"f{n}.claims")).read() == NEW.format(n) for n in range(FILES))


def main():
    recte, kills = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    command = [recte, "check", "--fix", "--format", "compact"]
    random.seed(1)
    folder = os.path.join(tempfile.mkdtemp(), "p")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    project(folder)
    started = time.monotonic()
    assert subprocess.run(command, cwd=folder, **quiet).returncode == 0 and fixed(folder), "the fix works"
    whole = time.monotonic() - started
    some = 0
    for _ in range(kills):
        project(folder)
        running = subprocess.Popen(command, cwd=folder, **quiet)
        time.sleep(random.uniform(whole * 0.5, whole * 1.1))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert not torn(folder), torn(folder)
        some += 0 < sum(open(os.path.join(folder, f"f{n}.claims")).read() == NEW.format(n) for n in range(FILES)) < FILES
    print(f"killed {kills} times, {some} of them between two files: no torn file")

    if not shutil.which("strace"):
        print("no strace here: no system call was made to fail")
        return
    project(folder)
    log = os.path.join(os.path.dirname(folder), "log")
    traced = ["strace", "-f", "-o", log, "-e", "trace=" + ",".join(CALLS)] + command
    subprocess.run(traced, cwd=folder, check=True, **quiet)
    counts = {call: len(re.findall(rf"^\d+ +{call}\(", open(log).read(), re.MULTILINE)) for call in CALLS}
    failed = 0
    for call, count in counts.items():
        for at in range(1, count + 1):
            error = ERRORS[at % len(ERRORS)]
            project(folder)
            inject = ["strace", "-f", "-o", log, "-e", f"inject={call}:error={error}:when={at}"] + command
            run = subprocess.run(inject, cwd=folder, capture_output=True, text=True)
            assert not torn(folder), (call, at, error, torn(folder))
            # Settings that cannot be read are wrong settings: exit 2. What was left alone is reported as before.
            # Without its libraries the program does not start (127).
            told = run.returncode in (2, 3, 127) or run.stdout.count("[CL0092]") == FILES
            assert told or fixed(folder), (call, at, error, run)
            failed += 1
    print(f"made {failed} system calls fail ({counts}): no torn file, and never a clean run that was not")


main()
