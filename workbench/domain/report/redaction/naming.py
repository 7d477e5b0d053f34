# SPDX-License-Identifier: MIT
"""Who and what the ledger names: the codes are given in its order, so one edition has the same.

Which code stands for whom is written nowhere.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from workbench.domain.checks.similar_names import core_name
from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import FieldType, is_own
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.patterns import (
    COURT,
    FIRM,
    OFFICE,
    brand_of,
    guessed,
    house_of,
    kept_address,
    short_forms,
)
from workbench.domain.report.redaction.persons import PRIVATE, REACHED, TITLED
from workbench.domain.report.redaction.regions import REGIONS
from workbench.domain.report.redaction.spelled import spelled
from workbench.domain.values import ValueState

FIRM_FIELDS = frozenset(
    {"tenant", "right_holder", "occupier", "holder", "operator", "operator_name", "agency"}
)
PERSON_FIELDS = frozenset(
    {"responsible", "owner", "submitted_by", "reviewer", "author", "finalized_by", "cleaned_by",
     "contributors"}
)  # fmt: skip
CODE_FIELDS = frozenset({"credit_code", "case_no"})
REGISTERED = {
    "cert_no": "certificate", "bdc_unit_no": "certificate", "contract_no": "contract",
    "grant_contract_no": "contract", "approval_no": "code", "report_no": "code",
}  # fmt: skip
"""The fields whose numbers lead to a holder or tenant through a register that others may read."""
_SHORTEST_REGISTERED = 5
"""A shorter number (12, A01) is in no register, and may be a word or a number of the report."""
_PLACES = ("park", "parcel", "building", "unit", "facility")
REMARKS = frozenset(
    {"note", "review_note", "reason", "release_condition", "release", "lost_reason", "text",
     "intro", "hidden", "facts"}
)  # fmt: skip
"""Where people write whatever they like: no list of names tells whom such words name."""
_NAMED_FREELY = {
    "enterprise": "firm", "scenario": "scenario", "evidence": "file", "assessment": "assessment"
}  # fmt: skip
"""The entities whose own names tell of somebody, and what stands for them."""
_LISTED = "hidden_name"
_LISTED_KINDS = {"人员": "person", "企业": "firm", "编号": "code"}
"""What a person listed to be hidden although no record says whom it names."""
_LONG_REMARK = 8
"""A shorter remark may be a word of the report's own; it is withheld only where it stands alone."""
_SEVERAL = re.compile(r"[、，,;；\n]")
_REGION_FIELDS = ("province", "city", "county")
_REGION_SUFFIXES = ("省", "市", "区", "县")
_SHORTEST_CORE = 3
_NARROW = {0xFF01 + at: 0x21 + at for at in range(94) if chr(0x21 + at).isalnum()}
"""Letters and digits of full width as ordinary ones."""
_AUTHORITY = "authority"
"""The field of courts and offices; which one acted leads with its date to the case."""
_GUESSES = ((REACHED, "person"), (PRIVATE, "code"), (COURT, "court"), (FIRM, "firm"),
            (TITLED, "person"))  # fmt: skip
_OF_PEOPLE = ("人", "姓名", "单位", "公司", "企业", "电话", "手机", "联系", "户名", "person",
              "name",
              "company", "contact", "phone", "firm", "owner")  # fmt: skip
"""What the title of a team's own field holds whose values name somebody."""


class Naming:
    """Gathers names and gives them codes in the order in which they are first met."""

    def __init__(
        self, words: Words, kept: Collection[str], common: str, terms: Collection[str] = ()
    ) -> None:
        self.terms = frozenset(terms)
        self.words = words
        self.kept = kept
        self._vocabulary = common
        self._pairs = {common[at : at + 2] for at in range(len(common) - 1)}
        self._numbers: dict[str, int] = {}
        self.by_name: dict[str, str] = {}

    def add(self, kind: str, name: str) -> str:
        """Return the code of a name of a kind: firm, person, code or file."""
        if name in self.kept:
            return name
        if (known := self.by_name.get(name)) is None:
            number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
            known = self.by_name[name] = self.words(f"report_redact.{kind}", number=f"{number:03d}")
        return known

    def also(self, name: str, code: str) -> None:
        """Let a code stand for another form of a name, unless that is a name itself."""
        if name not in self.kept and not self.is_common(name):
            self.by_name.setdefault(name, code)

    def is_common(self, name: str) -> bool:
        """Tell whether reports use a name as a word."""
        pairs = (name[at : at + 2] for at in range(len(name) - 1))
        return all(pair in self._pairs for pair in pairs) and name in self._vocabulary

    def codes(self) -> Codes:
        """Return what was gathered."""
        common = frozenset(name for name in self.by_name if self.is_common(name))
        first = Codes(dict(self.by_name), tuple(self.kept), common, self.terms)
        # What stands for a remark may hold what stands for another.
        clean = {name: first(code) if first.left_in(code) else code
                 for name, code in self.by_name.items()}  # fmt: skip
        return Codes(clean, tuple(self.kept), common, self.terms)


def codes_of(
    ledgers: Sequence[Ledger],
    own: Iterable[Record],
    words: Words,
    kept: Collection[str],
    common: str = "",
    terms: Collection[str] = (),
) -> Codes:
    """Return the codes for the firms and people that ledgers and the program's own records name.

    ``kept`` are the names of parks, which stay even where they are also right holders; ``common``
    holds every word of the report's own texts, ``terms`` the codes of parameters.
    """
    naming = Naming(words, kept, common, terms)
    records = [(record, ledger) for ledger in ledgers for record in ledger]
    records += [(record, ledgers[-1]) for record in own]
    firms: dict[str, str] = {}
    places = _called(ledgers)
    for record, ledger in records:
        for kind, number in _registered(record, places):
            naming.add(kind, number)
        for kind, name in _names(record, ledger):
            if name:
                code = naming.add(kind, name)
                if kind == "firm" and name not in kept:
                    firms.setdefault(name, code)
    regions = _regions(ledgers)
    for name, code in firms.items():
        # People leave the legal form away: 原锦程科技用地 names 锦程科技有限公司.
        if len(core := core_name(name)) >= _SHORTEST_CORE:
            naming.also(core, code)
        for short in (*short_forms(name, regions), *spelled(name, brand_of(name, regions))):
            naming.also(short, code)
    _add_sheets(naming, [record for record, _ in records])
    _add_authorities(naming, [record for record, _ in records])
    _add_free_texts(naming, [record for record, _ in records], _brands(firms, regions, naming))
    return naming.codes()


def _add_sheets(naming: Naming, records: Iterable[Record]) -> None:
    """Add the worksheets that records came from; those of a .csv are called as its file is."""
    sheets = {
        origin.source.sheet: None
        for record in records
        for origin in record.origins.values()
        if origin.source is not None
    }
    for sheet in filter(None, sheets):
        if not naming.is_common(sheet) and sheet not in naming.by_name:
            naming.add("sheet", sheet)


def _add_authorities(naming: Naming, records: Iterable[Record]) -> None:
    """Add the courts and offices that limit rights; who acted there is guessed later."""
    for record in records:
        text = (record.text(_AUTHORITY) or "").strip()
        if not text or naming.is_common(text):
            continue
        courts = [naming.add("court", found[0]) for found in COURT.finditer(text)]
        if not courts and OFFICE.fullmatch(text):
            naming.add("office", text)


def _regions(ledgers: Iterable[Ledger]) -> frozenset[str]:
    return REGIONS | {
        word.removesuffix(suffix)
        for ledger in ledgers
        for park in ledger.all("park")
        for key in _REGION_FIELDS
        if (word := park.text(key))
        for suffix in ("", *_REGION_SUFFIXES)
    }


def _brands(firms: Mapping[str, str], regions: frozenset[str], naming: Naming) -> Codes:
    """Return the codes for what is peculiar to each firm's name.

    锦程1号厂房 tells of 襄阳锦程科技有限公司 although it holds no more than two characters of it.
    """
    brands: dict[str, str] = {}
    for name, code in firms.items():
        brand = brand_of(name, regions)
        kept = any(brand in each for each in naming.kept)
        if len(brand) > 1 and not kept and not naming.is_common(brand):
            brands.setdefault(brand, code)
    return Codes(brands)


def _add_free_texts(naming: Naming, records: Sequence[Record], brands: Codes) -> None:
    """Add what people wrote in their own words: withheld, or without what looks like a name."""
    withheld = naming.words("report_redact.withheld")
    for record in records:
        for text in _remarks(record):
            without_guesses(text, naming)  # whom a remark names, other words may name too
            if len(text) >= _LONG_REMARK or not naming.is_common(text):
                naming.also(text, withheld)
    names = naming.codes()
    for record in records:
        for key, text in _texts(record):
            if text in naming.by_name:
                continue
            if key == "location":
                safe = brands(names(without_guesses(kept_address(text, withheld), naming)))
                if house := house_of(text):
                    naming.also(house, withheld)
            else:
                safe = without_guesses(brands(names(text)), naming)
            if safe != text:
                naming.also(text, safe)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what stands as words in a record, and what a cell said that could not be read."""
    for key, value in record.values.items():
        if isinstance(value, str) and (text := value.strip()):
            yield key, text
    for key, origin in record.origins.items():
        if origin.raw and origin.state is not ValueState.KNOWN:
            yield key, origin.raw


def without_guesses(text: str, naming: Naming) -> str:
    """Return a text with codes for what looks like a firm, a person, a telephone number."""

    def code_of(kind: str, found: str) -> str:
        return found if naming.is_common(found) else naming.add(kind, found)

    safe = narrow = text.translate(_NARROW)
    for pattern, kind in _GUESSES:
        safe = guessed(safe, pattern, partial(code_of, kind))
    return text if safe == narrow else safe


def _remarks(record: Record) -> Iterator[str]:
    for key in REMARKS:
        if text := (record.text(key) or "").strip():
            yield text


def _called(ledgers: Iterable[Ledger]) -> frozenset[str]:
    """Return what places are called: who writes a contract's number so as well hides nothing."""
    return frozenset(
        name
        for ledger in ledgers
        for entity in _PLACES
        for record in ledger.all(entity)
        for name in (record.label, record.text("code"), record.text("unit_no"))
        if name
    )


def _registered(record: Record, places: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the numbers by which registers know a record; a cell may hold several."""
    for key, kind in REGISTERED.items():
        text = (record.text(key) or "").strip()
        parts = [part.strip() for part in _SEVERAL.split(text)]
        for number in parts if all(map(_in_a_register, parts)) else [text]:
            if _in_a_register(number) and number not in places:
                yield kind, number


def _in_a_register(number: str) -> bool:
    return len(number) >= _SHORTEST_REGISTERED and any(map(str.isdigit, number))


def _names(record: Record, ledger: Ledger) -> Iterator[tuple[str, str]]:
    if record.entity == _LISTED:
        yield _LISTED_KINDS.get(record.text("kind") or "", "person"), record.label
        return
    if record.entity in _NAMED_FREELY:
        yield _NAMED_FREELY[record.entity], (record.text("name") or "").strip()
    for key, value in record.values.items():
        kind = _kind(record, key, ledger)
        if not kind:
            continue
        parts = value if isinstance(value, tuple | list) else (record.text(key) or "",)
        for part in parts:
            text = str(part).strip()
            if kind != "firm" or ledger.find("enterprise", text) is None:
                yield kind, text


def _kind(record: Record, key: str, ledger: Ledger) -> str:
    """Return what a field names: a firm, a person, a code that leads to one, or nothing."""
    if key in CODE_FIELDS:
        return "code"
    if key in PERSON_FIELDS:
        return "person"
    if key in FIRM_FIELDS:
        return "firm"
    if is_own(key) and record.entity in ledger.catalogue:
        own = next((field for field in ledger.catalogue[record.entity] if field.key == key), None)
        if own is not None and own.type is FieldType.TEXT:
            title = f"{own.zh} {own.en}".casefold()
            return "person" if any(word in title for word in _OF_PEOPLE) else ""
    return ""
