"""The programs that recte is compared with: how each is had, fed, started, and read.

Feeding is not timed: each gets the claims as ready-made relations in the form that it reads fastest.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")


class Script:
    """A plain Python script over the relations."""

    name = "script"

    def __init__(self, work):
        self.work = work

    def missing(self):
        """Why it cannot be had; nothing if it can."""
        return None

    def feed(self, corpus):
        """Writes what it reads."""

    def command(self, corpus):
        return [sys.executable, os.path.join(HERE, "script.py"), os.path.join(corpus, "facts")]

    def found(self, corpus, output):
        """The findings: a code and the ids."""
        with open(output, encoding="utf-8") as file:
            return {tuple(line.rstrip("\n").split("\t")) for line in file}


class FromPypi(Script):
    """A program that a virtual environment gets from PyPI."""

    def python(self):
        return os.path.join(self.work, "venv", "bin", "python")

    def missing(self):
        if not os.path.exists(self.python()):
            subprocess.run([sys.executable, "-m", "venv", os.path.join(self.work, "venv")], check=True)
        if subprocess.run([self.python(), "-c", f"import {self.name}"], capture_output=True).returncode == 0:
            return None
        install = [self.python(), "-m", "pip", "install", "--quiet", self.name]
        done = subprocess.run(install, capture_output=True, text=True)
        return None if done.returncode == 0 else "pip cannot install it: " + done.stderr.strip().split("\n")[-1]


class DuckDb(FromPypi):
    """SQL over Parquet files."""

    name = "duckdb"
    FEED = (
        "import duckdb, os, sys\n"
        "facts, parquet = sys.argv[1:]\n"
        "for file in os.listdir(facts):\n"
        "    name = file.split('.')[0]\n"
        "    names = {'declared': ['id', 'kind', 'number'], 'exclusive': ['a']}.get(name, ['a', 'b'])\n"
        "    read = f\"read_csv('{facts}/{file}', delim='\\t', header=false, all_varchar=true, names={names})\"\n"
        "    duckdb.execute(f\"copy (from {read}) to '{parquet}/{name.replace('-', '_')}.parquet'\")\n"
    )

    def feed(self, corpus):
        parquet = os.path.join(corpus, "parquet")
        os.makedirs(parquet, exist_ok=True)
        subprocess.run([self.python(), "-c", self.FEED, os.path.join(corpus, "facts"), parquet], check=True)

    def command(self, corpus):
        run, rules = (os.path.join(HERE, name) for name in ("run_duckdb.py", "rules.sql"))
        return [self.python(), run, os.path.join(corpus, "parquet"), rules]


class Clingo(FromPypi):
    """Answer set programming: one answer, and it is the list of findings."""

    name = "clingo"

    def feed(self, corpus):
        facts = os.path.join(corpus, "facts")
        with open(os.path.join(corpus, "facts.lp"), "w", encoding="utf-8") as out:
            for file in sorted(os.listdir(facts)):
                relation = file.split(".")[0].replace("-", "_")
                with open(os.path.join(facts, file), encoding="utf-8") as rows:
                    for row in rows:
                        columns = row.rstrip("\n").split("\t")
                        values = ",".join(c if c.isdigit() else f'"{c}"' for c in columns)
                        out.write(f"{relation}({values}).\n")

    def command(self, corpus):
        rules = os.path.join(HERE, "rules.lp")
        return [self.python(), "-m", "clingo", "--verbose=0", rules, os.path.join(corpus, "facts.lp")]

    def found(self, corpus, output):
        found = set()
        with open(output, encoding="utf-8") as file:
            for atom in file.read().split():
                if atom.startswith("cl0"):
                    code, values = atom.rstrip(")").split("(", 1)
                    found.add((code.upper(), " ".join(value.strip('"') for value in values.split(","))))
        return found


class Souffle(Script):
    """Datalog, interpreted, or compiled before it is timed; only where `souffle` is installed."""

    name = "souffle"
    RULES = os.path.join(HERE, "rules.dl")

    def missing(self):
        return None if shutil.which("souffle") else "`souffle` is not installed"

    def command(self, corpus):
        return ["souffle", "-F", os.path.join(corpus, "facts"), "-D", corpus, self.RULES]

    def found(self, corpus, output):
        found = set()
        for name in os.listdir(corpus):
            if name.startswith("cl0") and name.endswith(".csv"):
                with open(os.path.join(corpus, name), encoding="utf-8") as file:
                    found.update((name[:6].upper(), " ".join(line.rstrip("\n").split("\t"))) for line in file)
        return found


class SouffleCompiled(Souffle):
    """The same, compiled, on two threads."""

    name = "souffle compiled, two threads"

    def program(self):
        return os.path.join(self.work, "souffle-program")

    def missing(self):
        if super().missing() or os.path.exists(self.program()):
            return super().missing()
        done = subprocess.run(["souffle", "-o", self.program(), self.RULES], capture_output=True, text=True)
        return None if done.returncode == 0 else "souffle cannot compile: " + done.stderr.strip().split("\n")[-1]

    def command(self, corpus):
        return [self.program(), "-j", "2", "-F", os.path.join(corpus, "facts"), "-D", corpus]


class Nemo(Script):
    """Datalog in Rust, in no registry: its row says so until it can be had."""

    name = "nemo"

    def missing(self):
        return "neither crates.io nor PyPI nor npm has it"


ALL = [SouffleCompiled, Souffle, Nemo, DuckDb, Clingo, Script]
