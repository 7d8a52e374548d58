#!/usr/bin/env python3
"""Builds the wheel, installs it where there is nothing else, and lets the real pre-commit refuse and take commits.

Usage: packages.py [--rust]. With --rust the hooks of this repository are tried as well, which pre-commit builds
from source. Needs Rust, Python with venv, git, and PyPI.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RIGHT = "fact it { inferred: yes }\n"
WRONG = "fact it { inferred: yes  because: nothing }\n"
USES = "fact other { inferred: yes  because: it }\n"
WHEEL_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: recte
        name: recte
        language: python
        additional_dependencies: ["{wheel}"]
        entry: recte check --staged
        always_run: true
        pass_filenames: false
"""
SOURCE_HOOK = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: recte-fmt
      - id: recte
"""


def run(*command, cwd=None, ends=0, env=None):
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode != ends:
        sys.exit(f"{command}: exit {done.returncode}, not {ends}\n{said}")
    return said


def venv(folder, *packages):
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages)
    return folder / "bin"


def inside_git():
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=False).returncode == 0


def built_wheel(work):
    tools = venv(work / "tools", "maturin>=1.9,<2")
    run("bash", ROOT / ".ci/release", work / "wheels", tools / "maturin")
    (wheel,) = (work / "wheels").glob("*.whl")
    return wheel


def repository(work, name, config):
    folder = work / name
    folder.mkdir()
    git = ["git", "-c", "init.defaultBranch=main"]
    run(*git, "init", "--quiet", cwd=folder)
    for key, value in [("user.email", "a@example.org"), ("user.name", "A"), ("commit.gpgsign", "false")]:
        run("git", "config", key, value, cwd=folder)
    (folder / ".pre-commit-config.yaml").write_text(config)
    (folder / "recte.toml").write_text("")
    return folder


def try_hook(folder, pre_commit, env, lays_out):
    """Commits that must pass, and commits that must be refused."""

    def commit(message, ends):
        run("git", "add", "-A", cwd=folder)
        started = time.monotonic()
        said = run("git", "commit", "--quiet", "-m", message, cwd=folder, ends=ends, env=env)
        return said, time.monotonic() - started

    run(pre_commit, "install", cwd=folder, env=env)
    (folder / "a.claims").write_text(RIGHT)
    (folder / "b.claims").write_text(USES)
    _, first = commit("right", 0)
    (folder / "a.claims").write_text(WRONG)
    said, later = commit("wrong", 1)
    assert "CL0001" in said, said
    # What is staged counts, not what lies beside it.
    (folder / "a.claims").write_text(RIGHT.replace("it", "that"))
    said, _ = commit("gone", 1)
    assert "`it` is not declared" in said, said
    run("git", "rm", "--quiet", "--cached", "a.claims", cwd=folder)
    (folder / "a.claims").unlink()
    said, _ = commit("removed", 1)
    assert "`it` is not declared" in said, said
    (folder / "a.claims").write_text(RIGHT)
    (folder / "README.md").write_text("no claims\n")
    commit("right again", 0)
    if lays_out:
        (folder / "a.claims").write_text("fact   it {inferred: yes}\n")
        commit("not laid out", 1)
        assert (folder / "a.claims").read_text() == RIGHT, (folder / "a.claims").read_text()
    (folder / "a.claims").write_text(WRONG)
    run("git", "add", "-A", cwd=folder)
    run("git", "commit", "--quiet", "--no-verify", "-m", "past the hook", cwd=folder, env=env)
    said = run(pre_commit, "run", "--all-files", cwd=folder, ends=1, env=env)
    assert "CL0001" in said, said
    return first, later


def main():
    work = pathlib.Path(tempfile.mkdtemp())
    env = {**os.environ, "PRE_COMMIT_HOME": str(work / "home")}
    try:
        wheel = built_wheel(work)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
        empty = venv(work / "empty", wheel)
        bare = {"PATH": str(empty)}
        version = run(empty / "recte", "--version", env=bare)
        assert version.startswith("recte "), "the wheel brings the program"
        if inside_git():
            commit, day = run("git", "show", "--no-patch", "--format=%H %cs", "HEAD", cwd=ROOT).split()
            named = re.fullmatch(r"recte \S+ \(([0-9a-f]{9})(-dirty)? (\S+)\)\n", version)
            assert named and commit.startswith(named[1]) and named[3] == day, f"a release names its commit: {version}"
        run(empty / "recte", "check", ROOT / "claims", env=bare)
        pre_commit = venv(work / "pre-commit", "pre-commit>=4,<5") / "pre-commit"
        folder = repository(work, "by-wheel", WHEEL_HOOK.format(wheel=wheel))
        first, later = try_hook(folder, pre_commit, env, lays_out=False)
        print(f"pre-commit by wheel: first commit {first:.1f} s, later {later:.2f} s")
        if "--rust" in sys.argv:
            clone = work / "clone"
            run("git", "clone", "--quiet", ROOT, clone)
            revision = run("git", "rev-parse", "HEAD", cwd=clone).strip()
            folder = repository(work, "by-rust", SOURCE_HOOK.format(repository=clone, revision=revision))
            first, later = try_hook(folder, pre_commit, env, lays_out=True)
            print(f"pre-commit by Rust: first commit {first:.1f} s, later {later:.2f} s")
            (folder / "a.claims").write_text(RIGHT)
            run("git", "add", "-A", cwd=folder)
            run(pre_commit, "try-repo", clone, "recte", cwd=folder, env=env)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
