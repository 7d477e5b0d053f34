# SPDX-License-Identifier: MIT
"""Own cases from a workbook: a blank one to fill in, and what a filled one says, cell by cell.

One sheet per section of the form; every sheet but that of the cases begins with the case id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workbench.application.cases.forms import CaseForms, choice_words, column_title, problem_words
from workbench.application.cases.library import CaseLibrary
from workbench.application.ports import Clock, Progress, Texts
from workbench.domain.cases.form import CaseForm, CellKind, FormColumn, FormProblem, FormSection
from workbench.domain.content import Content
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import PercentNumber
from workbench.domain.tables.letters import column_letter
from workbench.domain.tables.sheets import RawSheet, RawWorkbook

_LANGUAGES = ("zh_CN", "en")
_HEADS_WITHIN = 10
TextsIn = Callable[[str], Texts]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a blank sheet."""

    title: str
    choices: tuple[str, ...] = ()
    several: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One blank sheet."""

    title: str
    about: str
    columns: tuple[SheetColumn, ...]


class SheetWriter(Protocol):
    """Writes the blank sheets, whole or not at all."""

    def write_case_sheets(
        self, sheets: Sequence[CaseSheet], target: str, texts: Texts, created: datetime
    ) -> None:
        """Write them; OutputError when the place cannot be written."""
        ...


class SheetReader(Protocol):
    """Reads a workbook into raw sheets."""

    def read(self, path: str, progress: Progress | None = None) -> RawWorkbook:
        """Return the sheets; InputError in one sentence when it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A mistake at one cell of a workbook."""

    sheet: str
    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadCases:
    """What a filled workbook says: forms by case id, ids that are there already, mistakes."""

    forms: Mapping[str, CaseForm]
    known: frozenset[str]
    problems: tuple[SheetProblem, ...]


@dataclass
class _Found:
    """Where each cell of a form came from, while a workbook is read."""

    forms: dict[str, CaseForm]
    places: dict[tuple[str, str, int, str], tuple[str, str]]
    problems: list[SheetProblem]


class CaseSheets:
    """Writes the blank sheets and takes filled ones."""

    def __init__(
        self,
        forms: CaseForms,
        library: CaseLibrary,
        content: Callable[[], Content],
        writer: SheetWriter,
        reader: SheetReader,
        texts_in: TextsIn,
        clock: Clock,
    ) -> None:
        self._forms = forms
        self._library = library
        self._content = content
        self._writer = writer
        self._reader = reader
        self._texts_in = texts_in
        self._clock = clock

    def write(self, path: str, texts: Texts) -> None:
        """Write the blank sheets; OutputError when the place cannot be written."""
        sheets = [self._sheet(section, texts) for section in self._forms.sections()]
        self._writer.write_case_sheets(sheets, path, texts, self._clock.now())

    def look(self, path: str, texts: Texts) -> ReadCases:
        """Return what a filled workbook says, with every mistake; nothing is written.

        InputError when it holds no sheet of cases.
        """
        book = self._reader.read(path)
        sections = {section.key: section for section in self._forms.sections()}
        found = _Found({}, {}, [])
        heads = {key: self._heads(book, section) for key, section in sections.items()}
        if heads["case"] is None:
            raise InputError("case_sheets.no_sheet", file=book.name)
        for key, head in heads.items():
            if head is not None:
                self._read(sections[key], *head, found, texts)
        own = self._library.cards().keys()
        for code, form in found.forms.items():
            for problem in self._forms.check(form, code if code in own else ""):
                found.problems.append(self._placed(problem, code, found, texts))
        return ReadCases(found.forms, frozenset(own & found.forms.keys()), tuple(found.problems))

    def take(self, read: ReadCases, *, update: bool = False) -> int:
        """Take the new cases (and with ``update`` those there are) as one step; return how many.

        InputError when there is any mistake: all of a workbook or nothing of it.
        """
        if read.problems:
            first = read.problems[0]
            raise InputError(
                "case_sheets.refused", count=len(read.problems), sheet=first.sheet,
                cell=first.cell, words=first.words,
            )  # fmt: skip
        chosen = [code for code in read.forms if update or code not in read.known]
        cards = [(self._forms.card(read.forms[code], code), code) for code in chosen]
        return self._library.add_all(cards, "case_sheets.take", "")

    def _sheet(self, section: FormSection, texts: Texts) -> CaseSheet:
        columns = [SheetColumn(title, *self._asked(section, name, texts))
                   for name, title in self._titles(section, texts).items()]  # fmt: skip
        title = texts(f"case_form.section.{section.key}")
        return CaseSheet(title, texts(f"case_form.about.{section.key}"), tuple(columns))

    def _asked(
        self, section: FormSection, cell: str, texts: Texts
    ) -> tuple[tuple[str, ...], bool, bool]:
        column = _column_of(section, cell)
        if column is None:
            return (), False, False
        words = tuple(self._words(column, code, texts) for code in column.choices)
        wide = column.kind is CellKind.LONG or column.translated
        return words, column.kind is CellKind.SEVERAL, wide

    def _words(self, column: FormColumn, code: str, texts: Texts) -> str:
        return choice_words(column, code, self._content(), texts)

    def _titles(self, section: FormSection, texts: Texts) -> dict[str, str]:
        """Return the heading of every cell, the case id first."""
        titles = {}
        if section.key != "case":
            titles["@case"] = texts("case_form.column.case_id")
        for column in section.columns:
            title = column_title(section, column, texts)
            for cell in column.cells:
                english = cell.endswith("_en") and column.translated
                marked = texts("case_form.required", title=title) if column.required else title
                titles[cell] = texts("case_form.in_english", title=title) if english else marked
        return titles

    def _heads(
        self, book: RawWorkbook, section: FormSection
    ) -> tuple[RawSheet, int, dict[str, int]] | None:
        """Return the sheet of a section with its heading row and columns, in any language."""
        for texts in map(self._texts_in, _LANGUAGES):
            titles = {title: cell for cell, title in self._titles(section, texts).items()}
            name = texts(f"case_form.section.{section.key}")
            for sheet in (each for each in book.sheets if each.name == name):
                for at, row in enumerate(sheet.rows[:_HEADS_WITHIN]):
                    said = [_text(cell) for cell in row]
                    places = {titles[word]: n for n, word in enumerate(said) if word in titles}
                    if ("id" if section.key == "case" else "@case") in places:
                        return sheet, at, places
        return None

    def _read(
        self, section: FormSection, sheet: RawSheet, head: int, places: Mapping[str, int],
        found: _Found, texts: Texts,
    ) -> None:  # fmt: skip
        key = "id" if section.key == "case" else "@case"
        for offset, row in enumerate(sheet.rows[head + 1 :], start=head + 1):
            if not any(_text(cell) for cell in row):
                continue
            number = sheet.top + offset
            cells = {n: f"{column_letter(sheet.left + at)}{number}" for n, at in places.items()}
            code = _text(row[places[key]])
            if section.key == "case" and code and code not in found.forms:
                form = self._forms.blank()
                form["sources"] = []
                found.forms[code] = form
            elif code not in found.forms or section.key == "case":
                kind = "double" if code in found.forms else "no_case"
                words = texts(f"case_sheets.{kind}", code=code or "—")
                found.problems.append(SheetProblem(sheet.name, cells[key], words))
                continue
            values = section.blank()
            for name, at in places.items():
                if name != "@case" and (said := _text(row[at])):
                    values[name] = self._code(section, name, said)
            rows = found.forms[code][section.key]
            if section.single:
                rows.clear()
            rows.append(values)
            for name, cell in cells.items():
                found.places[code, section.key, len(rows), name] = (sheet.name, cell)

    def _code(self, section: FormSection, cell: str, said: str) -> str:
        """Return the code of a choice written in words of either language, else what is said."""
        column = _column_of(section, cell)
        if column is None or not column.choices:
            return said
        words = {
            self._words(column, code, self._texts_in(language)): code
            for language in _LANGUAGES
            for code in column.choices
        } | {code: code for code in column.choices}
        if column.kind is not CellKind.SEVERAL:
            return words.get(said, said)
        parts = [part.strip() for part in said.replace("；", "、").replace(";", "、").split("、")]
        return " ".join(words.get(part, part.replace(" ", "_")) for part in parts if part)

    def _placed(self, problem: FormProblem, code: str, found: _Found, texts: Texts) -> SheetProblem:
        words = problem_words(problem, texts)
        place = found.places.get((code, problem.section, max(problem.row, 1), problem.column))
        if place is None:
            sheet = texts(f"case_form.section.{problem.section}")
            return SheetProblem(sheet, code, words)
        return SheetProblem(*place, words)


def _column_of(section: FormSection, cell: str) -> FormColumn | None:
    return next((column for column in section.columns if cell in column.cells), None)


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, shares as their percent."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, PercentNumber):
        return f"{cell.value * 100:.10g}"
    if isinstance(cell, float):
        return f"{cell:.12g}"
    return str(cell).strip()
