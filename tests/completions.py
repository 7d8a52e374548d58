#!/usr/bin/env python3
"""Completes command lines of recte in bash, zsh and fish, as somebody does who presses Tab in them.

    python3 tests/completions.py RECTE

Codes, ids, files, places and options are completed, in a project, below it, and above two. Needs the three shells and a system
with pseudo-terminals; `.ci/full` installs the shells.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RECTE = Path(sys.argv[1]).resolve()
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\].*?(?:\x07|\x1b\\)|\x1b[=>()][B0]?|[\x07\x0e\x0f]")

# What is typed in which folder, and what must be shown or written for it.
CASES = [
    ("a", "recte expl", ["explain"]),
    ("a", "recte explain CL010", ["CL0101", "CL0102"]),
    ("a", "recte explain obligation-with", ["obligation-without-article"]),
    ("a", "recte rules test CL010", ["CL0101", "CL0102"]),
    ("a", "recte why-not CL010", ["CL0101", "CL0102"]),
    ("a", "recte why-not CL0101 gua", ["guard-one", "guard-two"]),
    ("a", "recte check fir", ["first.claims"]),
    ("a", "recte facts fir", ["first.claims"]),
    ("a", "recte fmt fir", ["first.claims"]),
    ("a", "recte why fir", ["first.claims:2"]),
    ("a", "recte why first.claims:", ["2", "3"]),
    ("a", "recte check --select CL010", ["CL0101", "CL0102"]),
    ("a", "recte check --format sa", ["sarif"]),
    ("a", "recte check --format=sa", ["sarif"]),
    ("a", "recte check --min-sev", ["--min-severity"]),
    ("a/sub", "recte why ../fir", ["../first.claims:2"]),
    ("a/sub", "recte why-not CL0101 guard-o", ["guard-one"]),
    ("", "recte why a/fir", ["a/first.claims:2"]),
    ("", "recte why-not CL0101 a:guard-o", ["guard-one"]),
    ("", "recte why-not CL0101 b:ot", ["other"]),
]

# How each shell is started without anybody's settings, and made to complete recte.
SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "bind 'set show-all-if-ambiguous on'; bind 'set enable-bracketed-paste off'; bind 'set page-completions off'; "
        'eval "$(recte completions bash)"',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "unsetopt beep zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; LISTMAX=9999; "
        'eval "$(recte completions zsh)"',
    ),
    "fish": (["fish", "--no-config", "--interactive"], "recte completions fish | source"),
}

CLAIMS = """actor japan { is: state }
obligation guard-one { bearer: japan  action: japan }
obligation guard-two { bearer: japan  action: japan }
"""


def projects():
    folder = Path(tempfile.mkdtemp(prefix="recte-completions-"))
    for name, claims in [("a/first.claims", CLAIMS), ("b/second.claims", "obligation other { action: nothing }\n")]:
        path = folder / name
        path.parent.mkdir()
        path.write_text(claims)
        (path.parent / "recte.toml").write_text("")
    (folder / "a/sub").mkdir()
    program = folder / "bin/recte"
    program.parent.mkdir()
    program.symlink_to(RECTE)
    return folder


def read(terminal, seconds):
    """What is shown until nothing has come for so long."""
    shown = b""
    while select.select([terminal], [], [], seconds)[0]:
        try:
            some = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not some:
            break
        shown += some
    return shown.decode("utf-8", "replace")


def pressed(shell, folder, inside, line, all_wanted):
    """What a shell shows after a line and Tab; after another Tab where something is missing yet."""
    if shell == "fish":
        # Its prompt draws the screen anew; what Tab offers can be asked for.
        script = f"{SHELLS[shell][1]}; complete --do-complete '{line}'"
        done = subprocess.run(["fish", "--no-config", "-c", script], cwd=folder / inside, env=environment(folder),
                              capture_output=True, text=True, check=False)
        return done.stdout + done.stderr
    command, setting_up = SHELLS[shell]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder / inside)
        os.execvpe(command[0], command, environment(folder))
    read(terminal, 0.3)
    os.write(terminal, f"PS1='> '; {setting_up}; echo rea''dy\n".encode())
    shown, ends = "", time.monotonic() + 30
    while "\nready" not in shown.replace("\r", "\n") and time.monotonic() < ends:
        shown += read(terminal, 0.2)
    read(terminal, 0.1)
    shown = ""
    for keys in (f"{line}\t", "\t"):
        os.write(terminal, keys.encode())
        ends = time.monotonic() + 5
        while time.monotonic() < ends and not all(wanted in seen(shown) for wanted in all_wanted):
            shown += read(terminal, 0.1)
    os.write(terminal, b"\x15exit\n")
    read(terminal, 0.1)
    os.close(terminal)
    os.waitpid(pid, 0)
    return seen(shown)


def seen(shown):
    """What stands on the screen; what is written over stands no longer there."""
    return re.sub(".\x08", "", ESCAPES.sub("", shown)).replace("\r", "\n")


def environment(folder):
    return {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm", "LANG": "C.UTF-8",
        "COLUMNS": "200", "LINES": "60", "RECTE_CACHE_DIR": "",
    }


def main():
    missing = [shell for shell in SHELLS if not shutil.which(shell)]
    if missing:
        print(f"FAILED: {', '.join(missing)} cannot be tried: not installed")
        return 1
    folder, faults = projects(), []
    for shell in SHELLS if len(sys.argv) < 3 else sys.argv[2:]:
        for inside, line, all_wanted in CASES:
            shown = pressed(shell, folder, inside, line, all_wanted)
            missed = [wanted for wanted in all_wanted if wanted not in shown]
            if missed:
                faults.append(f"{shell} in {inside or '.'}: `{line}` offers no {', '.join(missed)}: {shown[:400]!r}")
    shutil.rmtree(folder)
    print("\n".join(faults) or f"{len(CASES)} lines are completed in each of {', '.join(SHELLS)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
