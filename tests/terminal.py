#!/usr/bin/env python3
"""Runs every command on terminals of several widths and looks at what they show.

    python3 tests/terminal.py RECTE [--show COMMAND WIDTH]

No line is wider than the terminal unless it is one word, whatever the script; frames are ASCII in a C locale; a terminal that is
gone, a pipe that is closed and Ctrl-C leave no words and no half line. Needs a system with pseudo-terminals.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECTE = str(Path(sys.argv[1]).resolve())
WIDTHS = [60, 80, 200]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;[^\x1b]*\x1b\\|\x1b\].*?\x07")

# What is run in the project with mistakes; `{}` stands for a file of it.
COMMANDS = [
    "check", "check --format compact", "check --format grouped", "check --show-suppressed", "check --statistics",
    "check --verbose", "check --fix=suggested --diff", "baseline", "baseline show", "baseline verify", "suppressions", "config",
    "config show", "coverage", "coverage --min 100", "explain CL0101", "explain CL0804", "explain obligation",
    "explain norm.bearer", "facts", "facts --query 'norm n'", "ingest --dry-run proposals.json",
    "ingest --diff proposals.json", "why 2-mistakes.claims:6", "why-not CL0101 guard", "rules", "rules test CL0101",
    "fmt --check", "fmt --diff", "watch --rounds 1", "--help", "check --help", "explain --help",
    "no-such-command", "explain no-such-rule", "why nowhere.claims:1", "check nowhere",
]

# What is run in the claims of this repository.
IN_CLAIMS = [
    "check", "check --format grouped", "suppressions", "config show", "config show 2-region.claims", "coverage", "facts",
    "facts 2-region.claims", "facts --query 'norm n where some n.cites'", "why-not CL0101 use-of-areas", "rules", "baseline show",
    "fmt --check", "watch --rounds 1", "accept --help", "sql --help", "init --help", "man --help",
]

# What shows the text of files, which is not broken: it could not be copied any more.
AS_WRITTEN = {"check --fix=suggested --diff", "fmt --diff", "ingest --diff proposals.json"}

# What has no part that the eye must find.
PLAIN = {"watch --rounds 1", "baseline", "config"}

MISTAKES = """actor japan "Japan" { is: state }
instrument treaty "Treaty of Mutual Cooperation and Security" { parties: japan }
source paper { path: "paper.txt"  language: en }

# A line that is longer than any terminal of today, so that it must be cut where it says something that matters to the reader of it.
obligation guard "Japan shall guard the facilities and areas that the United States uses in Japan, at all times and by all means" { bearer: japnn  action: guard  cites: treaty }
obligation 警備 "日本国は、日本国において使用を許された施設及び区域を、常時、あらゆる手段により警備しなければならない" { bearer: 日本国  action: 警備する  cites: treaty }
fact growth { quote: paper "it may possibly grow a little more than anybody would have thought in the spring of the year before it" }
obligation allowed { bearer: japan  allow: obligation-without-article "the treaty is quoted as a whole in the paper, which names no article of it" }
"""


PROPOSALS = """{"version": 1, "tool": "a person", "date": "2027-01-05", "claims": [
  {"kind": "fact", "id": "growing", "quotations": [{"source": "paper", "words": "It may possibly grow a little more"}]},
  {"kind": "fact", "id": "shrinking", "quotations": [{"source": "paper", "words": "It will certainly shrink in the spring"}]}
]}
"""


def columns(text):
    """How many columns a text takes."""
    wide = {"W", "F"}
    return sum(
        0 if unicodedata.combining(one) or unicodedata.category(one) in ("Mn", "Me", "Cf") else
        2 if unicodedata.east_asian_width(one) in wide else 1
        for one in text
    )


def on_terminal(arguments, folder, width, environment=None, rows=50, stop=None):
    """The exit code and the text of a command on a terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, width, 0, 0))
        os.chdir(folder)
        base = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PAGER": "cat"}
        os.execve("/bin/sh", ["sh", "-c", f"exec {RECTE} {arguments}"], {**base, **(environment or {})})
    shown, ends = b"", time.monotonic() + 120
    while time.monotonic() < ends:
        if stop and stop(shown):
            os.kill(pid, signal.SIGINT)
            stop = None
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if ready:
            try:
                some = os.read(terminal, 1 << 16)
            except OSError:
                break
            if not some:
                break
            shown += some
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8").replace("\r\n", "\n")


def project():
    folder = Path(tempfile.mkdtemp(prefix="recte-terminal-"))
    (folder / "recte.toml").write_text('packs = []\n[rules]\nhedge-dropped = "error"\n')
    (folder / "paper.txt").write_text("It may possibly grow a little more than anybody would have thought.\n")
    (folder / "2-mistakes.claims").write_text(MISTAKES)
    (folder / "proposals.json").write_text(PROPOSALS)
    return folder


def large_project():
    """Claims that take longer to check than anybody waits without a word."""
    folder = Path(tempfile.mkdtemp(prefix="recte-terminal-"))
    (folder / "recte.toml").write_text("")
    claims = (f'obligation duty-{at} "The bearer of duty {at} shall act." {{ bearer: nobody-{at}  action: act }}\n' for at in range(60_000))
    (folder / "many.claims").write_text("".join(claims))
    return folder


def too_wide(shown, width):
    """The lines that the terminal breaks although they could be broken at a blank."""
    for line in shown.split("\n"):
        line = ESCAPES.sub("", line).split("\r")[-1]
        # What cannot be broken stands at the end of its line: a word is never parted.
        if columns(line) > width and " " in line.strip().strip("│·|╭╰─[]` "):
            yield line


def colours(folder):
    """Every command colours what it prints to people, where that is asked for, and nothing where it is not."""
    base = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    for command in COMMANDS:
        for arguments, variables, wanted in [
            ("--color always", {}, True), ("", {"FORCE_COLOR": "1"}, True), ("", {"CLICOLOR_FORCE": "1"}, True), ("", {}, False),
            ("--color always", {"NO_COLOR": "1"}, True), ("--color never", {"FORCE_COLOR": "1"}, False),
        ]:
            line = f"exec {RECTE} {command} {arguments}"
            done = subprocess.run(["sh", "-c", line], cwd=folder, env={**base, **variables}, capture_output=True, check=False)
            shown = done.stdout or done.stderr
            is_coloured = b"\x1b[" in shown
            if is_coloured != wanted and not (wanted and (command in PLAIN or not done.stdout)):
                yield f"{command} {arguments} with {variables}: {'' if is_coloured else 'no '}colour: {shown[:200]!r}"
        for variables in [{"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"FORCE_COLOR": "0"}]:
            _, shown = on_terminal(command, folder, 80, variables)
            if re.search(r"\x1b\[[0-9;]*m", shown):
                yield f"{command} with {variables}: colour"


def main():
    folder = project()
    if "--show" in sys.argv:
        command, width = sys.argv[sys.argv.index("--show") + 1:]
        print(on_terminal(command, folder, int(width))[1])
        return 0
    faults = []
    claims = Path(tempfile.mkdtemp(prefix="recte-terminal-")) / "us-japan"
    shutil.copytree(ROOT / "claims/us-japan", claims)
    for where, command in [(folder, command) for command in COMMANDS] + [(claims, command) for command in IN_CLAIMS]:
        for width in WIDTHS:
            code, shown = on_terminal(command, where, width)
            if command not in AS_WRITTEN:
                faults += [f"{command} at {width}: {columns(line)} columns: {line}" for line in too_wide(shown, width)]
            if code not in (0, 1, 2):
                faults.append(f"{command} at {width}: exit {code}: {shown[-300:]}")
    shutil.rmtree(claims.parent)
    faults += colours(folder)
    for width in (1, 7, 10_000):
        code, shown = on_terminal("check", folder, width)
        if code != 1 or "CL0001" not in shown:
            faults.append(f"check at {width}: exit {code}")
    _, ascii_only = on_terminal("check", folder, 80, {"LANG": "C"})
    if re.search("[─│╭╰┬]", ascii_only):
        faults.append("frames in a C locale are not ASCII")
    _, linked = on_terminal("check", folder, 80, {"FORCE_HYPERLINK": "1"})
    if "\x1b]8;;https://" not in linked:
        faults.append("no hyperlink where the terminal has them")
    for variables, coloured in [({"NO_COLOR": "1"}, False), ({"CLICOLOR": "0"}, False), ({"FORCE_COLOR": "0"}, False), ({}, True)]:
        _, shown = on_terminal("check", folder, 80, variables)
        if ("\x1b[1;31m" in shown) != coloured:
            faults.append(f"colour with {variables}")
    # A pipe that is closed before anything is written.
    for command in COMMANDS:
        if command.startswith("watch"):
            continue
        line = f"{RECTE} {command} 2>{folder}/err | true; exit ${{PIPESTATUS[0]}}"
        subprocess.run(["bash", "-c", line], cwd=folder, check=False)
        words = (folder / "err").read_text()
        if "pipe" in words.lower() or "panicked" in words:
            faults.append(f"{command} into a closed pipe: {words}")
    # Ctrl-C while it watches, and the log of it inside the project.
    code, shown = on_terminal("watch", folder, 80, stop=lambda shown: b"watching" in shown)
    if code != -signal.SIGINT and code != 130 or not shown.endswith("\n"):
        faults.append(f"Ctrl-C in watch: exit {code}, {shown!r}")
    large = large_project()
    code, shown = on_terminal("check --no-cache", large, 80, stop=lambda shown: b"checking, " in shown)
    shutil.rmtree(large)
    last = shown.split("\n")[-1]
    if code != 130 or "checking, " not in shown or ESCAPES.sub("", last.rpartition("\r")[2]):
        faults.append(f"Ctrl-C in a long check: exit {code}, {shown[-200:]!r}")
    log = subprocess.Popen(f"exec {RECTE} watch > log", shell=True, cwd=folder)
    time.sleep(3)
    log.terminate()
    log.wait()
    if (folder / "log").read_text().count("\n") != 1:
        faults.append(f"watch woke itself: {(folder / 'log').read_text()}")
    shutil.rmtree(folder)
    print("\n".join(faults) or f"{len(COMMANDS)} commands at {WIDTHS} columns: nothing is broken inside a word")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
