# SPDX-License-Identifier: MIT
"""Reads the files of an import as they are chosen now; a person's answers are given again."""

from collections.abc import Callable

from workbench.application.imports.answers import Answers
from workbench.application.imports.choices import ImportOptions, OnExisting
from workbench.application.imports.preview import Preview
from workbench.application.ports import Progress
from workbench.ui.context import UiContext
from workbench.ui.pages.imports.columns_step import ColumnsStep
from workbench.ui.pages.imports.steps import FilesStep

Reading = tuple[Preview, Answers]
"""What was read, and the earlier answers that hold for it."""


def reading(
    context: UiContext, chosen: FilesStep, columns: ColumnsStep, answers: Answers
) -> Callable[[Progress], Reading]:
    """Return the work that reads and checks the files; it touches no widget."""
    options = ImportOptions(
        on_existing=OnExisting(chosen.on_existing.chosen()),
        park=chosen.park.chosen(),
        entities=dict(columns.entities),
        columns=dict(columns.columns),
        units=dict(columns.units),
        headers=dict(columns.headers),
        every=dict(columns.every),
        rows=dict(columns.rows),
        remembered=not columns.afresh,
        tolerant=True,
    )
    services, files, as_of = context.services, list(chosen.files), context.as_of

    def work(progress: Progress) -> Reading:
        preview = services.importing.preview(files, options, progress)

        def check() -> None:
            services.import_checks.check(preview, as_of, progress)

        check()
        return preview, answers.again(preview, check)

    return work
