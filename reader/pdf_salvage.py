"""A PDF cut short -> a PDF whose pages before the cut can be opened.

A PDF tells where its pages are at its very end, so one that an upload or a full disk cut short says nothing of them.
The pages that are whole still call themselves pages; a new end that lists them is all that is missing.
"""

import re

#: The head of an object (ISO 32000-2, 7.3.10), and what a page says of itself (7.7.3.3).
OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
#: Where the entries of an object end: at its end, or where its stream begins.
ENTRIES_END = re.compile(rb"endobj|stream|\d\s+obj\b")
#: The longest a page's entries are looked through (bytes); those of scanned pages are some hundred.
ENTRIES_BYTES = 20_000


def salvaged(data: bytes) -> bytes | None:
    """The file with a new end, its pages in the order they stand in it; None when no page is in it."""
    pages: dict[int, int] = {}
    last = 0
    for head in OBJECT.finditer(data):
        number, generation = int(head[1]), int(head[2])
        last = max(last, number)
        end = ENTRIES_END.search(data, head.end(), head.end() + ENTRIES_BYTES)
        if end and PAGE.search(data, head.end(), end.start()):
            pages[number] = generation
    if not pages:
        return None
    kids = " ".join(f"{number} {generation} R" for number, generation in pages.items())
    catalog, tree = last + 1, last + 2
    return (
        data
        + (
            "\nendstream\nendobj\n"  # whatever was cut ends here
            f"{catalog} 0 obj\n<< /Type /Catalog /Pages {tree} 0 R >>\nendobj\n"
            f"{tree} 0 obj\n<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>\nendobj\n"
            f"trailer\n<< /Root {catalog} 0 R /Size {tree + 1} >>\n"
        ).encode()
    )
