#!/usr/bin/env python3
"""Reads the page of `recte coverage --format html` as a person does: in Chromium, on a telephone, by keyboard, on paper.

    python3 tests/page.py RECTE CHROMIUM [FOLDER FOR PICTURES]

Needs the package `playwright` from PyPI, which drives the Chromium that is named and fetches none. The pages are
those of the claims of this repository, and of a project whose texts are hostile.
"""

import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
HOSTILE = """source paper { path: "text.txt"  language: en }
fact one "<script>document.title = 'hacked'</script>" { quote: paper "All <img src=x onerror=alert(1)> is well" }
waiver { quote: paper "It is so"  reason: "' onmouseover='alert(1)" }
"""
HOSTILE_TEXT = "All <img src=x onerror=alert(1)> is well. It is so. Nobody said this.\n\n" + "unbroken" * 60 + ".\n"


def page_of(recte, project, folder):
    file = folder / f"{project.name}.html"
    subprocess.run([recte, "coverage", "--format", "html", "--output", str(file)], cwd=project, check=True)
    return file


def read(page, file, pictures):
    """Holds one page to what every page must be."""
    page.goto(file.as_uri())
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0, f"{file.name}: the page is wider than a telephone"
    assert page.evaluate("document.scripts.length") == 0, "a page without scripts has one"
    assert page.title().startswith("Coverage"), page.title()
    small = "[...document.querySelectorAll('body *')].filter(e => e.innerText && parseFloat(getComputedStyle(e).fontSize) < 11).length"
    assert page.evaluate(small) == 0, f"{file.name}: letters too small for a telephone"
    if pictures:
        page.screenshot(path=str(pictures / f"{file.stem}.png"), full_page=True)
        page.pdf(path=str(pictures / f"{file.stem}.pdf"), print_background=True)


def by_keyboard(page):
    """Tab reaches the first sentence, Enter leads to what is claimed of it, and back."""
    page.keyboard.press("Tab")
    sentence = page.evaluate("document.activeElement.id")
    assert sentence.startswith("s"), f"Tab reaches {sentence!r} first, not a sentence"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the sentence in focus is not marked"
    page.keyboard.press("Enter")
    note = page.evaluate("location.hash")
    assert note == "#n" + sentence[1:], note
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#" + sentence, "there is no way back by keyboard"


def contrast(page):
    """Every coloured text stands out from its ground by 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    script = """() => {
      const light = c => { const f = c.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2] };
      const parts = text => text.match(/[\\d.]+/g).map(Number);
      const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0.99) return c } return [255, 255, 255] };
      const poor = [];
      for (const e of document.querySelectorAll('a, mark, span, p, small, code, div, h1, h2, h3')) {
        if (!e.innerText) continue;
        const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) poor.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
      }
      return [...new Set(poor)];
    }"""
    assert page.evaluate(script) == [], page.evaluate(script)


def main():
    recte, chromium = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    pictures = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = pathlib.Path(name)
        hostile = folder / "hostile"
        hostile.mkdir()
        for file, text in [("a.claims", HOSTILE), ("text.txt", HOSTILE_TEXT), ("recte.toml", "")]:
            (hostile / file).write_text(text, encoding="utf-8")
        projects = [HERE / "claims" / "us-japan", HERE / "claims" / "reader-data", hostile]
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, device_scale_factor=2, color_scheme=scheme, java_script_enabled=True
            )
            page = context.new_page()
            for project in projects:
                read(page, page_of(recte, project, folder), pictures if scheme == "light" else None)
                contrast(page)
            page.goto(page_of(recte, projects[0], folder).as_uri())
            by_keyboard(page)
            context.close()
        browser.close()
    print(f"{len(projects)} pages read on a telephone, in the light and in the dark, by keyboard")


main()
