"""Holds recte against DuckDB: on random projects, every rule must find the same rows in both.

    python tests/oracle.py target/release/recte [PROJECTS] [SEED] [--flip OLD NEW]

It needs Python 3.11 and the package `duckdb`. The projects follow the schema in `rules/schema.toml` and speak with the
words of `rules/words`; all their references lead somewhere, since of broken values the two say different things on
purpose; where quotations do not stand in their document, every row that recte finds must be found in SQL as well. Rules come as `recte sql all`, claims as `recte sql --facts`, and what recte finds as `recte sql all --rows`.
With --flip a piece of every statement is replaced, to see that a wrong one is noticed.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

import duckdb

ROOT = pathlib.Path(__file__).resolve().parent.parent
# How many projects go into one database.
BATCH = 100
WORKERS = 2
# How many differences are shown.
SHOWN = 10
# The least share of pairs of a project and a rule in which something is to be found.
INTERESTING = 0.25


class Schema:
    """Kinds with all their fields, inherited ones included."""

    def __init__(self):
        written = tomllib.loads((ROOT / "rules/schema.toml").read_text(encoding="utf-8"))
        self.kinds = written["kind"]

    def above(self, kind):
        while kind:
            yield kind
            kind = self.kinds[kind].get("extends")

    def fields(self, kind):
        fields = {}
        for name in reversed(list(self.above(kind))):
            fields.update(self.kinds[name].get("fields", {}))
        return {name: field for name, field in fields.items() if not {"native", "computed"} & field.keys()}

    def allows(self, wanted, kind):
        wanted = [wanted] if isinstance(wanted, str) else wanted
        return wanted == ["any"] or any(name in wanted for name in self.above(kind))

    def below(self, ancestor):
        concrete = (kind for kind, table in self.kinds.items() if not table.get("abstract"))
        return [kind for kind in concrete if ancestor in self.above(kind)]


# How many blocks of a kind a project declares.
VOCABULARY = {
    "source": (1, 2), "actor": (3, 6), "scope": (3, 7), "purpose": (2, 4), "condition": (2, 4), "action": (3, 5),
    "instrument": (1, 3),
}
STATEMENTS = (14, 34)

# Names that are easily taken for each other, long and short, some with an `and` in them.
NAMES = [
    "payment", "payments", "far-east", "fareast", "near-east", "house-rent", "house_rent", "Tenant", "tenants", "north",
    "landlord", "landlords", "peace", "peace-and-rest", "harbour", "harbours", "region", "state", "states", "use-areas",
]
TITLES = [
    "the Far East", "Japan", "the tenant", "the landlord", "peace", "the use of areas", "U.S. Forces", "the board",
    "12 ships and 7 boats", "Article 2 is clearly decisive",
]
HEADING = "The Peace of the Far East"
INSERTED = ["[not]", "[must not]", "[shall]", "[may]"]
DATES = ["1951", "1960-06-23", "1960-06", "1960", "1970-01-01", "2020", "2030-12-31"]
PERIODS = ["1951..1960", "1960-06-23..", "..1970", "1960..1960-06", "1970..2030", "2020-01-01..2020-01-31"]
TERMS = ["C1", "alliance", "Consequently", '"due to"', "treaty", "\"it's \\\"odd\\\"\"", '"however"']
TEXTS = ["apples", "pears", "the Far East", "Article 2", "12 ships", "ÄPFEL and Birnen", "5", "apples or pears", "fire"]


class Speaker:
    """Makes sentences in which the words are heard that rules listen for."""

    def __init__(self, schema):
        tables = tomllib.loads((ROOT / "rules/words/en.toml").read_text(encoding="utf-8"))["words"]["en"]
        self.classes = {name: table["are"] for name, table in tables.items() if "are" in table}
        self.schema = schema

    def sentence(self, chance, names):
        words = ["the"]
        if chance.random() < 0.4:
            opening = chance.choice(["conclusion", "elaboration", "restatement", "contrast", "backward", "expletive"])
            words.append(self.word(chance, opening).capitalize())
        for _ in range(chance.randint(1, 4)):
            words.append(chance.choice([
                lambda: chance.choice(names), lambda: self.word(chance, chance.choice(list(self.classes))),
                lambda: f"Article {chance.randint(1, 4)}", lambda: str(chance.randint(1, 40)),
                lambda: chance.choice(TEXTS), lambda: "the treaty or apples", lambda: "not", lambda: "of that",
            ])())
        return " ".join(words).replace('"', "") + "."

    def word(self, chance, name):
        return str(chance.choice(self.classes.get(name, ["so"])))


class Project:
    """One random project that the schema admits."""

    def __init__(self, schema, speaker, seed, faithful):
        self.faithful = faithful
        self.schema, self.speaker, self.chance = schema, speaker, random.Random(seed)
        # How much of what may be left out is written; each project has a density of its own.
        self.density = self.chance.choice([0.1, 0.3, 0.5])
        self.likely = {
            "quote": self.chance.choice([0.3, 0.8, 0.9]), "cites": 0.6, "scope": 0.5, "because": 0.5, "within": 0.6,
            "part-of": 0.5, "opposite": 0.6, "language": 0.6, "inferred": self.chance.choice([0, 0.7]),
        }
        self.blocks = []
        self.declare()
        self.spoken = [block["title"] or block["name"] for block in self.blocks]
        self.sentences = [speaker.sentence(self.chance, self.spoken) for _ in range(12)]
        self.kept = self.chance.sample(self.sentences, len(self.sentences) * 3 // 4)

    def declare(self):
        chance, names = self.chance, self.chance.sample(NAMES, len(NAMES))
        for kind, (least, most) in VOCABULARY.items():
            for number in range(chance.randint(least, most)):
                name = names.pop() if names and chance.random() < 0.5 else f"{kind}-{number}"
                instrument = self.block(kind, name)
                for article in range(chance.randint(1, 4) if kind == "instrument" else 0):
                    self.block("article", str(article + 1), instrument)
        for number in range(chance.randint(*STATEMENTS)):
            self.block(chance.choice(self.schema.below(chance.choice(["statement", "norm"]))), f"s{number}")
            twins = [block for block in self.blocks if block["kind"] == self.blocks[-1]["kind"]]
            if chance.random() < 0.2:
                self.blocks[-1]["twin"] = twins[0]

    def block(self, kind, name, outer=None):
        title = self.chance.choice(TITLES) if self.chance.random() < 0.5 else None
        path = f"{outer['path']}/{name}" if outer else name
        block = {"kind": kind, "name": name, "path": path, "title": title, "outer": outer, "at": len(self.blocks)}
        self.blocks.append(block)
        return block

    def wants(self, field, name):
        if field.get("card", "").startswith("1"):
            return True
        return self.chance.random() < max(self.density, self.likely.get(name, 0))

    def value(self, block, name, field):
        chance = self.chance
        if "to" in field:
            return self.references(block, field)
        if "enum" in field:
            return [chance.choice(field["enum"])]
        if name == "language":
            return [chance.choice(["en", "en", "en", "zz"])]
        many = chance.randint(1, 3) if field.get("card", "0..1").endswith("*") else 1
        match field["type"]:
            case "text":
                return [f'"{text}"' for text in self.several(TEXTS, many)]
            case "term":
                return self.several(TERMS, many)
            case "number":
                return [str(chance.choice([-2, 0, 1, 2.5, 30]))]
            case "date":
                return [chance.choice(DATES)]
            case "period":
                return [chance.choice(PERIODS)]
            case "flag":
                return [chance.choice(["yes", "no"])]
            case "fields":
                others = [other for other in self.schema.fields(block["kind"]) if other not in ("inferred", "allow")]
                return ["yes"] if chance.random() < 0.3 else self.several(others, many)
            case "file":
                return ['"text.txt"']
        raise ValueError(f"the schema has a field that this does not know: {name}")

    def several(self, choices, many):
        return self.chance.sample(choices, min(many, len(choices)))

    def references(self, block, field):
        wanted, chance = field["to"], self.chance
        if wanted == "quote":
            return [self.quotation() for _ in range(chance.choice([1, 1, 1, 2]))]
        fits = [other for other in self.blocks if self.schema.allows(wanted, other["kind"])]
        if field.get("acyclic"):
            fits = [other for other in fits if other["at"] < block["at"]]
        if field.get("irreflexive"):
            fits = [other for other in fits if other is not block]
        single = field.get("card", "0..*").endswith("1") or field.get("card") == "1"
        chosen = self.several(fits, 1 if single else chance.choice([1, 1, 2, 3]))
        return [other["path"] for other in chosen]

    def quotation(self):
        sources = [block["path"] for block in self.blocks if block["kind"] == "source"]
        words = self.chance.choice(self.kept if self.faithful else self.sentences)
        if self.chance.random() < 0.3 and not self.faithful:
            words = self.speaker.sentence(self.chance, self.spoken)
        if self.chance.random() < 0.3:
            parts = words.split(" ")
            at, width = self.chance.randrange(len(parts)), self.chance.randint(int(self.faithful), 2)
            parts[at:at + width] = ["[...]"] if width else [self.chance.choice(INSERTED)]
            words = " ".join(parts)
        if self.chance.random() < 0.03:
            words = HEADING
        return f'{self.chance.choice(sources)} "{words}"'

    def written(self, block):
        if block.get("twin") is not None and block["twin"] is not block:
            return block["kind"] + f" {block['name']} {{\n" + "\n".join(block["twin"].get("lines", [])) + "\n}"
        lines = []
        for name, field in self.schema.fields(block["kind"]).items():
            if name in ("allow", "of") and (name == "allow" or block["kind"] == "article"):
                continue
            if self.wants(field, name):
                values = self.value(block, name, field)
                lines += [f"  {name}: {', '.join(values)}"] if values else []
                if values and not field.get("irreflexive"):
                    block.setdefault("lines", []).append(lines[-1])
        inside = [self.written(inner) for inner in self.blocks if inner["outer"] is block]
        title = f' "{block["title"]}"' if block["title"] else ""
        return "\n".join([f"{block['kind']} {block['name']}{title} {{", *lines, *inside, "}"])

    def save(self, folder):
        folder.mkdir(parents=True)
        (folder / "recte.toml").write_text("", encoding="utf-8")
        (folder / "text.txt").write_text(f"{HEADING}\n\n{' '.join(self.kept)}\n", encoding="utf-8")
        head = "namespace lease\n" if self.chance.random() < 0.5 else ""
        files = [[head] for _ in range(self.chance.randint(1, 3))]
        for block in self.blocks:
            if not block["outer"]:
                self.chance.choice(files).append(self.written(block))
        for number, blocks in enumerate(files):
            (folder / f"{number}.claims").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


class Oracle:
    """What was compared so far."""

    def __init__(self, program):
        self.program = program
        self.statements = json.loads(self.run("sql", "all", "--format", "json", cwd=ROOT))
        self.fired = collections.Counter()
        self.interesting, self.differences = 0, []

    def run(self, *arguments, cwd=None):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, cwd=cwd, check=False)
        if done.returncode != 0 or done.stderr:
            raise SystemExit(f"recte {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def compare(self, folder, projects, faithful):
        expected = collections.defaultdict(set)
        interesting = set()
        for line in self.run("sql", "all", "--rows", folder).splitlines():
            row = json.loads(line)
            expected[row["code"], row["case"]].add(tuple(row["row"]))
            interesting.add((row["project"], row["code"]))
        base = duckdb.connect(config={"threads": 1})
        base.execute("BEGIN;" + self.run("sql", "--facts", folder) + "COMMIT;")
        assert base.execute("SELECT COUNT(*) FROM project").fetchone() == (projects,), "every project is there"
        for statement in self.statements:
            key = statement["code"], statement["case"]
            found = base.execute(statement["sql"]).fetchall()
            same = set(found) == expected[key] if faithful else set(found) >= expected[key]
            if len(found) != len(set(found)) or not same:
                self.differ(key, set(found), expected[key])
            if found:
                self.fired[statement["code"]] += len(found)
        self.interesting += len(interesting)
        base.close()

    def differ(self, key, found, expected):
        only = {"in SQL": sorted(found - expected, key=str), "in recte": sorted(expected - found, key=str)}
        self.differences.append((key, {where: rows[:3] for where, rows in only.items()}))


def batch(asked, first, projects):
    """Compares some projects, and keeps those that differ."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="recte-oracle-"))
    schema = Schema()
    speaker, oracle = Speaker(schema), Oracle(asked.program)
    if asked.flip:
        for statement in oracle.statements:
            statement["sql"] = statement["sql"].replace(*asked.flip)
    # Of every third batch the quotations may stand nowhere: there recte leaves out the rows that read their words.
    faithful = first // BATCH % 3 != 2
    for number in range(projects):
        Project(schema, speaker, f"{asked.seed}/{first + number}", faithful).save(folder / f"p{number:03}")
    oracle.compare(folder, projects, faithful)
    if not oracle.differences:
        shutil.rmtree(folder)
    else:
        print(f"projects {first} to {first + projects} differ; they are kept in {folder}", flush=True)
    return oracle.fired, oracle.interesting, oracle.differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("projects", type=int, nargs="?", default=100)
    parser.add_argument("seed", nargs="?", default="1")
    parser.add_argument("--flip", nargs=2, metavar=("OLD", "NEW"))
    asked = parser.parse_args()
    count, started, statements = asked.projects, time.monotonic(), Oracle(asked.program).statements
    fired, interesting, differences = collections.Counter(), 0, []
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        batches = [
            pool.submit(batch, asked, first, min(BATCH, count - first)) for first in range(0, count, BATCH)
        ]
        for done in concurrent.futures.as_completed(batches):
            found, pairs, wrong = done.result()
            fired, interesting, differences = fired + found, interesting + pairs, differences + wrong
    codes = {statement["code"] for statement in statements}
    share = interesting / (count * len(codes))
    print(
        f"{count} projects x {len(codes)} rules ({len(statements)} statements) in {time.monotonic() - started:.0f} s: "
        f"{fired.total()} rows, findings in {share:.0%} of all pairs, {len(differences)} differences; "
        f"never found: {', '.join(sorted(codes - fired.keys())) or 'none'}"
    )
    for key, only in differences[:SHOWN]:
        print("DIFFERENCE", *key, only)
    return 1 if differences or share < INTERESTING else 0


if __name__ == "__main__":
    sys.exit(main())
