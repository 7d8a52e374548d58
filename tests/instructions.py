#!/usr/bin/env python3
"""Counts the instructions of `recte check`, and fails when there are many more than on record.

Usage: instructions.py RECTE [--renew] [--only NAME]. RECTE is built with --release. Instructions, unlike seconds, are
nearly the same on every run, so that a slow change is seen on a busy build server, too. The record is
tests/instructions.toml; `--renew` writes it anew, after a change that made recte faster, or slower for a good reason.
It needs valgrind, and says so where there is none.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
RECORD = os.path.join(HERE, "instructions.toml")
# How much more is let pass: another compiler, another C library.
TOLERANCE = 0.10
# Below the record by so much, the record no longer guards anything.
STALE = 0.25


def corpora(folder):
    """What is checked, by name: how many findings there are does not matter."""
    generate = os.path.join(folder, "generate")
    source = os.path.join(ROOT, "benches", "generate.rs")
    subprocess.run(["rustc", "-O", "--edition", "2024", source, "-o", generate], check=True)
    subprocess.run([generate, os.path.join(folder, "generated"), "10000"], check=True)
    return {
        "founding-corpus": os.path.join(ROOT, "claims", "us-japan"),
        "claims-10000": os.path.join(folder, "generated", "corpus"),
    }


def count(recte, corpus, folder):
    """The instructions of one check without a cache, on one thread if it knows of threads."""
    help_ = subprocess.run([recte, "check", "--help"], capture_output=True, text=True).stdout
    known = [option for option in ("--no-cache", "--threads=1") if option.split("=")[0] in help_]
    out = os.path.join(folder, "callgrind.out")
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", recte, "check", corpus]
    done = subprocess.run(command + ["--format", "compact", *known], capture_output=True, text=True)
    collected = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    if done.returncode not in (0, 1) or not collected:
        sys.exit(f"exit {done.returncode}: {done.stderr[-500:]}")
    return int(collected.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recte")
    parser.add_argument("--renew", action="store_true")
    parser.add_argument("--only")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed, so no instructions are counted")
        return
    with open(RECORD, "rb") as file:
        record = tomllib.load(file)
    worse = []
    with tempfile.TemporaryDirectory() as folder:
        for name, corpus in corpora(folder).items():
            if asked.only and asked.only != name:
                continue
            before, now = record.get(name), count(os.path.abspath(asked.recte), corpus, folder)
            record[name] = now
            change = now / before - 1 if before else 0
            against = f"{change:+.1%} against the record" if before else "not on record yet: --renew writes it"
            print(f"{name}: {now:,} instructions, {against}")
            if change > TOLERANCE:
                worse.append(name)
            elif change < -STALE:
                print(f"  the record is stale: renew it with `python3 tests/instructions.py {asked.recte} --renew`")
    if asked.renew:
        with open(RECORD, "w", encoding="utf-8") as file:
            file.write("# Instructions of `recte check`, built with --release; see tests/instructions.py.\n")
            file.writelines(f"{name} = {number}\n" for name, number in sorted(record.items()))
    elif worse:
        sys.exit(f"more than {TOLERANCE:.0%} more instructions than on record: {', '.join(worse)}; see tests/instructions.py")


main()
