# SPDX-License-Identifier: MIT
"""Writes templates/excel: the ledger form from the catalogue, the report's look from its styles."""

import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from workbench import locations  # noqa: E402
from workbench.excel.writer import WorkbookWriter  # noqa: E402
from workbench.files.texts import load_texts  # noqa: E402

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date, so that the file changes only when the catalogue does."""

BASES = {"zh_CN": "report_base.xlsx", "en": "report_base_en.xlsx"}
"""The report's look by language."""


def main() -> None:
    target = locations.template("excel", "ledger_import.xlsx")
    texts = load_texts("zh_CN", locations.resource("translations"))
    WorkbookWriter().write_template(str(target), texts, CREATED)
    print(target.relative_to(ROOT))
    for language, name in BASES.items():
        base = locations.template("excel", name)
        words = load_texts(language, locations.resource("translations"))
        WorkbookWriter().write_base(str(base), words, CREATED)
        print(base.relative_to(ROOT))


if __name__ == "__main__":
    main()
