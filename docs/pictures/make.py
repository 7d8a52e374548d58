#!/usr/bin/env python3
"""Makes the pictures of the README from the claims of this repository.

    python3 docs/pictures/make.py RECTE [CHROMIUM]

`finding.svg` is drawn by the test that holds it current. `coverage.png` is the page of `recte coverage --format html`, photographed
by Chromium (`chromium` unless another one is named). To show all states of a sentence, some claims are removed from a copy first.
`coverage.sha256` is the hash of the page in the picture; `tests/it/documents/picture.rs` makes the page again and compares it.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent

# Two blocks whose sentences are then open; a claim that refers to one of them has a finding.
REMOVED = ["nuclear-attack", "us-alone-is-difficult"]


def finding():
    command = ["cargo", "test", "--locked", "--quiet", "--test", "it", "documents"]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ, "RECTE_RENEW": "1"}, check=True, stdout=subprocess.DEVNULL)


def coverage(recte, chromium, work):
    project = work / "us-japan"
    shutil.copytree(REPOSITORY / "claims" / "us-japan", project)
    (project / "3-world.claims").unlink()
    file = project / "1-japan.claims"
    text = file.read_text(encoding="utf-8")
    for name in REMOVED:
        text, count = re.subn(rf"^\w+ {name}\b.*?^}}\n", "", text, flags=re.MULTILINE | re.DOTALL)
        assert count == 1, f"{name} is a block of {file.name}"
    file.write_text(text, encoding="utf-8")
    page = work / "coverage.html"
    subprocess.run([recte, "coverage", "--format", "html", "--output", str(page)], cwd=project, check=True)
    (HERE / "coverage.sha256").write_text(hashlib.sha256(page.read_bytes()).hexdigest() + "\n", encoding="ascii")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work / 'browser'}"]
    shot = [f"--screenshot={HERE / 'coverage.png'}", "--window-size=860,720", page.as_uri()]
    subprocess.run([chromium, *flags, *shot], check=True, stderr=subprocess.DEVNULL, timeout=120)


def main():
    recte = str(pathlib.Path(sys.argv[1]).resolve())
    chromium = sys.argv[2] if len(sys.argv) > 2 else "chromium"
    finding()
    with tempfile.TemporaryDirectory() as work:
        coverage(recte, chromium, pathlib.Path(work))
    print("made finding.svg and coverage.png")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
