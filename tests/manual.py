#!/usr/bin/env python3
"""Reads the manual pages as a technical editor and as the programs that show them.

    python3 tests/manual.py RECTE

Every page has each section, refers to pages that exist, and is understood by groff and mandoc without a warning. `.ci/full`
installs both.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RECTE = Path(sys.argv[1]).resolve()
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]
READERS = [["groff", "-man", "-Tutf8", "-ww", "-z"], ["mandoc", "-T", "lint", "-W", "warning"]]
# The day of the program is only known to a build that was told of it.
KNOWN = ["missing date"]


def faults_of(page, names):
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'^\.SH "?([A-Z ]+?)"?$', text, re.MULTILINE)
    for section in SECTIONS:
        body = re.search(rf'^\.SH "?{section}"?\n(.+)', text, re.MULTILINE)
        if section not in found or not body or body[1].startswith(".SH"):
            yield f"no {section}"
    shown = subprocess.run(["mandoc", "-T", "utf8", str(page)], capture_output=True, text=True, check=True).stdout
    shown = re.sub(".\x08", "", shown)
    for name in set(re.findall(r"\b(recte[a-z-]*)\(1\)", shown)) - names:
        yield f"it refers to {name}(1), which does not exist"
    for reader in READERS:
        done = subprocess.run([*reader, str(page)], capture_output=True, text=True, check=False)
        for line in (done.stdout + done.stderr).splitlines():
            if not any(known in line for known in KNOWN):
                yield line


def main():
    missing = [reader[0] for reader in READERS if not shutil.which(reader[0])]
    if missing:
        print(f"FAILED: {', '.join(missing)} cannot read the pages: not installed")
        return 1
    with tempfile.TemporaryDirectory(prefix="recte-manual-") as folder:
        subprocess.run([RECTE, "man", folder], check=True, stdout=subprocess.DEVNULL)
        pages = sorted(Path(folder).glob("*.1"))
        names = {page.stem for page in pages}
        faults = [f"{page.name}: {fault}" for page in pages for fault in faults_of(page, names)]
    print("\n".join(faults) or f"{len(pages)} pages are whole")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
