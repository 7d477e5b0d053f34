# SPDX-License-Identifier: MIT
"""Pages of a PDF by its own tables (ISO 32000-1, 7.5 and 7.7.3); never a wrong number."""

import zlib

import pytest

from workbench.domain.pdf_pages import page_count


def written(pages: int, *, count: int | None = None, extra: bytes = b"") -> bytes:
    """Return a PDF of blank pages with a plain cross-reference table."""
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(pages))
    stated = pages if count is None else count
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Title (\\(>> /Pages 9 0 R) >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % stated,
        *[b"<< /Type /Page /Parent 2 0 R >>"] * pages,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    body += extra
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return body + b"startxref\n%d\n%%%%EOF\n" % start


def packed(pages: int) -> bytes:
    """Return a PDF whose objects stand in an object stream, with a stream of references."""
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        *[b"<</Type/Page/Parent 2 0 R>>"] * pages,
    ]
    heads, inside = b"", b""
    for number, words in enumerate(objects, 1):
        heads += b"%d %d " % (number, len(inside))
        inside += words + b" "
    data = zlib.compress(heads + inside)
    holder = len(objects) + 1
    body = b"%PDF-1.5\n"
    at = len(body)
    body += b"%d 0 obj <</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>stream\n" % (
        holder, len(objects), len(heads), len(data),
    )  # fmt: skip
    body += data + b"\nendstream endobj\n"
    start = len(body)
    entries = [(0, 0, 0), *[(2, holder, n) for n in range(len(objects))], (1, at, 0), (1, start, 0)]
    rows, above = b"", bytes(4)
    for kind, place, within in entries:
        row = bytes([kind]) + place.to_bytes(2, "big") + bytes([within])
        rows += b"\x02" + bytes((a - b) & 255 for a, b in zip(row, above, strict=True))
        above = row
    table = zlib.compress(rows)
    body += (
        b"%d 0 obj <</Type/XRef/Size %d/W[1 2 1]/Root 1 0 R/Length %d/Filter/FlateDecode"
        b"/DecodeParms<</Columns 4/Predictor 12>>>>stream\n"
    ) % (holder + 1, len(entries), len(table))
    return body + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start


@pytest.mark.parametrize("pages", [1, 3, 40])
@pytest.mark.parametrize("make", [written, packed])
def test_pages_are_counted_by_the_tree(make, pages):
    assert page_count(make(pages)) == pages


def test_a_pdf_inside_a_pdf_counts_for_nothing():
    assert page_count(written(3, extra=written(7))) == 3


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.4\nnothing more",
        b"no pdf" + written(2),
        written(3)[:-60],
        written(3, count=5),
        written(3).replace(b"/Kids [3 0 R", b"/Kids [2 0 R"),
        written(3).replace(b"/Root 1 0 R", b"/Root 8 0 R"),
        packed(3).replace(b"FlateDecode", b"LZWDecodexx"),
    ],
)
def test_what_cannot_be_said_for_sure_is_not_said(pdf):
    assert page_count(pdf) is None
