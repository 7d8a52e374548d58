"""The seven rules in DuckDB: run_duckdb.py FOLDER-OF-PARQUET RULES.SQL, a line on standard output for each finding."""
import os
import sys

import duckdb

folder, rules = sys.argv[1:]
database = duckdb.connect()
for name in os.listdir(folder):
    database.execute(f"create view {name.split('.')[0]} as from read_parquet('{os.path.join(folder, name)}')")
with open(rules, encoding="utf-8") as file:
    rows = database.execute(file.read()).fetchall()
sys.stdout.write("".join(f"{code}\t{ids}\n" for code, ids in rows))
