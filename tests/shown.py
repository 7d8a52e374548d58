#!/usr/bin/env python3
"""Holds what is read of HTML against what Chromium shows of it (`innerText`), letter by letter.

    python3 tests/shown.py RECTE CHROMIUM [SEED]

Needs the package `playwright` from PyPI, which drives the Chromium that is named and fetches none. The pages below are written by
hand; as many again are put together at random from their parts.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAGES = [
    "<p>One <b>two</b> three.</p><p>Four.", "A.<br>B", "<del>a</del><s>b</s><strike>c</strike><ins>d</ins>", "x<textarea>no</textarea>y",
    "x<select><optgroup label=no><option>a<option>b</select>y", "x<datalist><option>no</datalist>y", "x<button>b</button>y",
    "x<input value=no>y<input type=submit value=no>", "x<noscript>no</noscript>y", "x<title>no</title>y", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    "x<svg><text y=20>s</text><title>no</title><desc>no</desc><style>no</style></svg>y",
    "x<svg><foreignObject width=100 height=100><p>inside</p></foreignObject></svg>y", "x<svg><defs><text>d</text></defs>no</svg>y",
    "x<math><mi>m</mi><mo>+</mo><semantics><mi>q</mi><annotation>no</annotation></semantics></math>y", "<details open><summary>s</summary>body</details>y",
    "<details><summary>s</summary>body</details>y", "x<dialog>no</dialog><dialog open>d</dialog>y", "<p hidden style='display:block'>d</p>y",
    "<p style='visibility:hidden'>no<span style='visibility:visible'>v</span></p>y", "<p style='opacity:0'>d</p>y",
    "x<video>no</video><audio>no</audio><canvas>no</canvas><iframe>no</iframe>y", "x<object>o</object>y", "x<meter value=1>no</meter><progress>no</progress>y",
    "x<template><p>no</p></template>y", "x<noembed>no</noembed><noframes>no</noframes>y", "x<xmp><b>t</b></xmp>y", "x<plaintext><b>t</b></plaintext>y",
    "<p aria-hidden=true>d</p>y", "x<img alt=no>y", "x<!-- no -->y<![CDATA[ no ]]>z<?php no ?>", "<p hidden>no<p>b", "<ul><li hidden>no<li>b</ul>",
    "<table><tr><td hidden>no<td>b</table>", "<b hidden>no<p>no</b>c</p>d", "<p><b hidden>no</p><p>no</b>c</p>", "<table><tr>x<td>y</td></tr></table>",
    "<div hidden/>no</div>b<p/>c", "a<script src=x />no</script>c", "a&ampb &notin; &notit; &copy2 &#x41; &#150;", "<ol start=3><li>a<li value=9>b</ol>",
    "<table><caption hidden>no<tr><td>x</table>", "<fieldset><legend>l</legend>f</fieldset>", "<table><tr hidden><td>no<tr><td>b</table>", "x<option>o</option>y",
    "<h1 hidden>no<h2>b</h2>", "<a hidden>no<a>b</a>", "<dl><dt hidden>no<dd>b</dl>", "<p style='display: none !important'>no</p>b",
    "<p style='display:none;display:block'>a</p>b", "<p style='display:none;display:bogus'>no</p>b", "<p style='/*x*/display:none'>no</p>b",
    "x<svg/>z<svg><g/><text y=10>q</text></svg>", "x<svg><p>out</p></svg>y", "x<math><mi><p>in</p></mi><p>out</p></math>y", "x<div popover>no</div>y",
    "x<div inert>p</div>y", "<pre>a\n  b\n</pre>c", "<sup>12</sup>x<sub>3</sub>", "<blockquote>a<footer>b</footer></blockquote>", "<main><article><nav>a</nav>b</article></main>",
    "x<marquee>m</marquee><applet>a</applet>y", "<form hidden>no</form>b", "<label>l<input></label>", "<q>a</q><cite>b</cite><abbr title=no>c</abbr>",
    "<table><thead><tr><th>a<tbody><tr><td>b<table><tr><td>c</table>d</table>", "<div><div><div>a</div hidden>b", "<p>a</p></p>b", "</div>a<p>b</div>c",
    "<span hidden>no<div>no</span>no</div>no</span>", "<custom-element hidden>no</custom-element>b", "A\u00a0B &nbsp; C\u200bD \u00ad E", "日本<wbr>国<rt>x",
]
WORDS = ["Party", "five", "ä", "條", "&amp;", "&eacute;", "7"]


def letters(text):
    return "".join(sorted(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()))


def random_page(dice):
    """A page of whole pages and words, put into each other."""
    parts = [dice.choice(PAGES if dice.random() < 0.5 else WORDS) for _ in range(dice.randrange(2, 6))]
    around = dice.choice(["", "div", "ul", "table", "section", "b", "td", "li hidden", "p"])
    inside = " ".join(part for part in parts if "plaintext" not in part)
    return f"<{around}>{inside}" if around else inside


def read(recte, page, folder):
    """What is read of a page: the headings and sentences of the coverage page of a project that has it for a document."""
    (folder / "text.html").write_text(page, encoding="utf-8")
    (folder / "a.claims").write_text('source paper { path: "text.html"  language: en }\n', encoding="utf-8")
    (folder / "recte.toml").write_text("", encoding="utf-8")
    written = subprocess.run([recte, "coverage", "--format", "json"], cwd=folder, check=True, capture_output=True).stdout
    [source] = json.loads(written)["sources"]
    headings = [section["title"] or "" for section in source["sections"]]
    return " ".join([sentence["text"] for sentence in source["text"]] + headings)


def main():
    recte, chromium = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    pages = [f"<!doctype html><meta charset=utf-8>{page}" for page in PAGES + [random_page(dice) for _ in PAGES]]
    # A heading with nothing below it is in no section of the coverage: something stands below each.
    pages = [page.replace("</h2>", "</h2>H") for page in pages]
    wrong = shown_letters = read_letters = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = pathlib.Path(name)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        tab = browser.new_page()
        for page in pages:
            found = letters(read(recte, page, folder))
            tab.goto((folder / "text.html").as_uri())
            # What opens when a reader clicks on it is read.
            tab.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
            shown = letters(tab.evaluate("document.body ? document.body.innerText : ''"))
            shown_letters += len(shown)
            read_letters += len(found)
            if found != shown:
                wrong += 1
                print(f"{page!r}\n  shown {shown}\n  read  {found}")
        browser.close()
    print(f"{len(pages) - wrong} of {len(pages)} pages are read as Chromium shows them: {read_letters} letters read of {shown_letters} shown")
    sys.exit(wrong > 0)


main()
