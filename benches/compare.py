#!/usr/bin/env python3
"""Compares recte with what somebody would use instead, and with the goals: python3 benches/compare.py

It builds recte and the generator, writes corpora, checks that recte finds exactly what the manifest says (code, file,
line and ids, in every shape), and does the same with each peer that can be had: DuckDB and clingo from PyPI, Soufflé
where it is installed, a plain Python script. Peers get the claims as ready-made relations; turning claims into these is
not timed. recte reads the claims and writes every finding with its place (`--format compact`).

Ratios are of whole processes and from paired runs: A B A B ..., the median of the ratios of the pairs, with the
smallest and the largest, because a machine's speed drifts and pairs drift together. Everything reads warm files.

  --sizes 10000,100000   how many claims; with 1000000 (a few GB of disk) the goals for a million are measured, too
  --pairs 5              pairs of runs for each ratio
  --peers script,duckdb  only these, or `none`
  --recte PATH           this program instead of building one
  --work FOLDER          where corpora and the virtual environment go, and stay (default: target/compare)
  --timeout 300          seconds after which a run is given up
  --shapes-at 10000      how many claims in each of the other shapes, which are checked but not timed

The whole catalogue (all rules on) is measured twice: with the documents that the claims quote, so that every quotation
is looked up in its document, and without them. The seven rules never need them. The first is more work than the
seven do by any measure; the second is the fair comparison of rules with rules. Either way the claims are sound but for what is
seeded (and the same norm laid twice by chance, CL0902; documents that are not there are CL0701, one for each thousand
claims), so that it is judging which is compared and not the writing of findings.

Exit 1 when recte or a peer does not find exactly what the manifest says. A peer that cannot be had is named and left out.
"""
import argparse
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys

# Nothing is left behind in the repository.
sys.dont_write_bytecode = True
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SHAPES = ["files", "deep", "across"]
# The codes whose message names only the first of the ids.
NAMES_ONE = {"CL0001", "CL0501"}


class Failed(Exception):
    """A run that did not end as it should."""


class Bench:
    """What is asked for, what is measured with, and what came of it."""

    def __init__(self, arguments):
        self.asked = arguments
        self.work = os.path.abspath(arguments.work)
        os.makedirs(self.work, exist_ok=True)
        self.wrong = []
        # By what is measured: the figure as it is shown.
        self.figures = {}
        self.recte = arguments.recte and os.path.abspath(arguments.recte)
        if not self.recte:
            subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "recte"], cwd=ROOT, check=True)
            self.recte = os.path.join(ROOT, os.environ.get("CARGO_TARGET_DIR", "target"), "release", "recte")
        self.generate = os.path.join(self.work, "generate")
        # It needs nothing but the standard library.
        source = os.path.join(HERE, "generate.rs")
        subprocess.run(["rustc", "-O", "--edition", "2024", source, "-o", self.generate], check=True)
        os.environ["XDG_CACHE_HOME"] = os.path.join(self.work, "cache")
        self.caches = "--no-cache" in subprocess.run([self.recte, "check", "--help"], capture_output=True, text=True).stdout

    def corpus(self, claims, shape="one"):
        folder = os.path.join(self.work, f"{shape}-{claims}")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([self.generate, folder, str(claims), shape], check=True)
        return folder

    def check(self, corpus, *more, cold=True):
        command = [self.recte, "check", os.path.join(corpus, "corpus"), "--format", "compact", *more]
        return command + (["--no-cache"] if cold and self.caches else [])

    def run(self, command, output="/dev/null", exits=(0, 1)):
        """One run: wall and CPU seconds and peak bytes."""
        errors = os.path.join(self.work, "run")
        keep = errors if output == "/dev/null" else output
        measure = [sys.executable, os.path.join(HERE, "measure.py"), str(self.asked.timeout), keep, *command]
        figures = json.loads(subprocess.run(measure, capture_output=True, text=True, check=True).stdout)
        if figures["exit"] == -9:
            raise Failed(f"not done in {self.asked.timeout} s")
        if figures["exit"] not in exits:
            raise Failed(f"exit {figures['exit']}: " + open(keep + ".err").read().strip()[-200:])
        return figures

    def pairs(self, ours, other):
        """The ratios of wall seconds, other over ours, of paired runs; after one of each that is not counted."""
        self.run(ours), self.run(other, exits=range(256))
        ratios = []
        for _ in range(self.asked.pairs):
            a, b = self.run(ours), self.run(other, exits=range(256))
            ratios.append((b["wall"] / a["wall"], a, b))
        return ratios

    def say(self, line):
        print(line, flush=True)

    # ---- Findings ---------------------------------------------------------------------------------------------------

    def recte_agrees(self, corpus, what):
        output = os.path.join(self.work, "findings.json")
        self.run([self.recte, "check", os.path.join(corpus, "corpus"), "--format", "json"], output)
        with open(output, encoding="utf-8") as file:
            findings = json.load(file)["findings"]
        messages = {(f["code"], f["path"], f["start"]["line"]): f["message"] for f in findings}
        expected = {(code, file, line): ids for code, file, line, ids in manifest(corpus)}
        unnamed = {
            place
            for place, ids in expected.items()
            for name in ids[: 1 if place[0] in NAMES_ONE else None]
            if place in messages and not names(messages[place], name)
        }
        self.verdict("recte", what, set(messages), set(expected), len(findings), unnamed)

    def peer_agrees(self, peer, corpus, what):
        output = os.path.join(self.work, "findings.out")
        self.run(peer.command(corpus), output, exits=range(256))
        self.verdict(peer.name, what, peer.found(corpus, output), flat(corpus))

    def verdict(self, who, what, found, expected, many=None, unnamed=()):
        missing, extra = sorted(expected - found)[:3], sorted(found - expected)[:3]
        twice = many is not None and many != len(found)
        if missing or extra or twice or unnamed:
            self.wrong.append(f"{who} on {what}")
            self.say(f"  {who}: WRONG on {what}; not found: {missing}; too many: {extra}; twice: {twice}; ids: {sorted(unnamed)[:3]}")
        else:
            self.say(f"  {who}: exactly the {len(expected)} findings of the manifest ({what})")

    # ---- Figures ----------------------------------------------------------------------------------------------------

    def size(self, claims, rivals):
        corpus = self.corpus(claims)
        text = os.path.join(corpus, "corpus", "corpus.claims")
        size = os.path.getsize(text)
        self.say(f"\n{claims:,} claims, {size / 1e6:.1f} MB ({size / claims:.0f} bytes a claim)")
        try:
            self.recte_agrees(corpus, f"{claims:,} claims")
            for yardstick in (["wc", "-l", text], ["cat", text]):
                self.ratio(claims, yardstick[0], self.pairs(self.check(corpus), yardstick), upside_down=True)
            self.own(claims, size, corpus)
            self.whole_catalogue(claims, corpus)
            self.warm(claims, corpus, text)
        except Failed as failed:
            self.wrong.append(f"recte at {claims:,} claims")
            self.say(f"  recte: {failed}")
            return
        for peer in rivals:
            try:
                peer.feed(corpus)
                self.peer_agrees(peer, corpus, f"{claims:,} claims")
                self.ratio(claims, peer.name, self.pairs(self.check(corpus), peer.command(corpus)))
            except Failed as failed:
                self.say(f"  {peer.name}: {failed}")

    def ratio(self, claims, name, pairs, upside_down=False):
        ratios = [1 / pair[0] if upside_down else pair[0] for pair in pairs]
        middle = statistics.median(ratios)
        ours, theirs = (statistics.median(pair[at]["wall"] for pair in pairs) for at in (1, 2))
        # A yardstick may be done before the clock of the system has ticked.
        by_cpu = statistics.median(b["cpu"] / max(a["cpu"], 1e-3) for _, a, b in pairs)
        by_cpu = 1 / max(by_cpu, 1e-6) if upside_down else by_cpu
        sense = "x its time" if upside_down else "x faster"
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        self.say(f"  against {name}: {middle:.2f}{sense} ({spread}; by CPU {by_cpu:.2f}); recte {ours:.3f} s, {name} {theirs:.3f} s")
        self.figures[claims, name] = middle

    def own(self, claims, size, corpus):
        runs = [self.run(self.check(corpus)) for _ in range(self.asked.pairs)]
        wall, cpu, peak = (statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "peak"))
        self.figures[claims, "cpu"] = cpu
        self.figures[claims, "memory"] = (peak - size) / claims
        self.say(
            f"  recte alone: {wall:.3f} s, {cpu:.3f} s of CPU, {claims / wall:,.0f} claims/s, {size / wall / 1e6:.0f} MB/s; "
            f"peak {peak / 1e6:.0f} MB, beyond the text {(peak - size) / claims:.0f} bytes a claim"
        )

    def whole_catalogue(self, claims, corpus):
        texts, aside = (os.path.join(corpus, name) for name in ("corpus/texts", "texts"))
        whole = self.check(corpus, "--config", os.path.join(corpus, "all-rules.toml"))
        for name in ("all rules, with documents", "all rules"):
            if name == "all rules":
                os.rename(texts, aside)
            try:
                pairs = self.pairs(self.check(corpus), whole)
                if any(other["exit"] not in (0, 1, 3) for _, _, other in pairs):
                    self.say(f"  {name}: exit {pairs[0][2]['exit']}")
                self.figures[claims, name] = statistics.median(ratio for ratio, _, _ in pairs)
                self.say(f"  {name}, over the seven: {self.figures[claims, name]:.2f}x")
            except Failed as failed:
                self.say(f"  {name}: {failed}")
            finally:
                if os.path.exists(aside):
                    os.rename(aside, texts)

    def warm(self, claims, corpus, text):
        if not self.caches:
            self.say("  warm: this recte has no cache")
            return
        warm = self.check(corpus, cold=False)
        self.ratio(claims, "cold", self.pairs(warm, self.check(corpus)))
        self.ratio(claims, "warm over cat", self.pairs(warm, ["cat", text]), True)

    def founding(self):
        command = [self.recte, "check", os.path.join(ROOT, "claims", "us-japan")]
        command += ["--no-cache"] if self.caches else []
        walls = [self.run(command)["wall"] * 1e3 for _ in range(4 * self.asked.pairs + 1)]
        self.figures["founding"] = statistics.median(walls)
        self.say(f"\nthe founding corpus, cold: {self.figures['founding']:.1f} ms ({min(walls):.1f} to {max(walls):.1f})")

    def table(self):
        small, large = (max([n for n in self.asked.sizes if n <= most], default=0) for most in (100_000, 1_000_000))
        get = self.figures.get
        rivals = [get((small, name)) for name in ("duckdb", "script", "nemo") if get((small, name))]
        growth = None
        if small < large and get((small, "cpu")) and get((large, "cpu")):
            growth = math.log(get((large, "cpu")) / get((small, "cpu"))) / math.log(large / small)
        souffle = "souffle compiled, two threads"
        rows = [
            (f"{small:,}: faster than compiled Soufflé, two threads", "4x", "12x", get((small, souffle)), "x"),
            (f"{large:,}: the same", "4x", "13x", get((large, souffle)), "x"),
            (f"{small:,}: faster than Nemo, DuckDB, script (least)", "8x", "25x", min(rivals, default=None), "x"),
            (f"{large:,}: time over `wc -l`", "25x", "6x", get((large, "wc")), "x"),
            (f"growth exponent of CPU, {small:,} to {large:,}", "1.2", "1.05", growth, ""),
            (f"{large:,}: peak beyond the text, bytes a claim", "400", "130", get((large, "memory")), ""),
            (f"{small:,}: all rules over the seven, no documents", "3x", "1.5x", get((small, "all rules")), "x"),
            (f"{small:,}: the same, with documents", "", "", get((small, "all rules, with documents")), "x"),
            (f"{large:,}: warm over `cat`", "3x", "1x", get((large, "warm over cat")), "x"),
            ("founding corpus, cold, ms", "30", "10", get("founding"), ""),
        ]
        self.say("\n| figure | floor | aim | recte |\n| --- | --- | --- | --- |")
        for name, floor, aim, figure, unit in rows:
            shown = "not measured" if figure is None else f"{figure:.2f}{unit}"
            self.say(f"| {name} | {floor} | {aim} | {shown} |")


def manifest(corpus):
    with open(os.path.join(corpus, "manifest.tsv"), encoding="utf-8") as file:
        next(file)
        for line in file:
            code, path, number, ids = line.rstrip("\n").split("\t")
            yield code, path, int(number), ids.split(" ")


def names(message, name):
    """Whether a message names an id, which it may do without the namespace."""
    return any(name == word or name.endswith("/" + word) for word in re.findall("`([^`]*)`", message))


def flat(corpus):
    """What peers can tell: a code and the ids; of a circle, that a claim lies on one."""
    rows = set()
    for code, _, _, ids in manifest(corpus):
        rows.update([(code, one) for one in ids] if code == "CL0501" else [(code, " ".join(ids))])
    return rows


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000", type=lambda text: [int(size) for size in text.split(",")])
    parser.add_argument("--pairs", default=5, type=int)
    parser.add_argument("--peers", default="")
    parser.add_argument("--recte")
    parser.add_argument("--work", default=os.path.join(ROOT, "target", "compare"))
    parser.add_argument("--timeout", default=300, type=float)
    parser.add_argument("--shapes-at", default=10_000, type=int)
    return parser.parse_args()


def main():
    bench = Bench(arguments())
    rivals = []
    for peer in (make(bench.work) for make in peers.ALL):
        if bench.asked.peers and peer.name not in bench.asked.peers.split(","):
            continue
        why = peer.missing()
        if why:
            bench.say(f"{peer.name}: left out: {why}")
        else:
            rivals.append(peer)
    bench.say("\nfindings in the other shapes")
    for shape in SHAPES:
        try:
            bench.recte_agrees(bench.corpus(bench.asked.shapes_at, shape), f"{bench.asked.shapes_at:,} claims, {shape}")
        except Failed as failed:
            bench.wrong.append(f"recte on {shape}")
            bench.say(f"  recte on {shape}: {failed}")
    for claims in bench.asked.sizes:
        bench.size(claims, rivals)
    bench.founding()
    bench.table()
    if bench.wrong:
        sys.exit("\nwrong: " + ", ".join(bench.wrong))


if __name__ == "__main__":
    main()
