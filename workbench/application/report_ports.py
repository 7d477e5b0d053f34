# SPDX-License-Identifier: MIT
"""What writes lists and reports to files, as a protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from workbench.application.ports import Progress, Texts
from workbench.domain.report.proof import Checked, RecordCount


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A list to be written as it is: title, headings, rows of texts and whole numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


class ReportWriter(Protocol):
    """Writes report content to a file, whole or not at all."""

    def write(
        self,
        report: Any,
        target: str,
        texts: Texts,
        progress: Progress,
        counts: Sequence[RecordCount] = (),
        template: str = "",
    ) -> Checked:
        """Write the workbook and count it in the file before it is moved into its place.

        ``template`` is a workbook whose look is used; InputError when it is spoiled.

        OutputError when the place cannot be written, or when the file does not hold what the
        report says or as many records as ``counts``.
        """
        ...
