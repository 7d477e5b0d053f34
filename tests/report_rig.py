"""Builds a report from ledger records, without a project file."""

from types import SimpleNamespace

from tests.builders import a_ledger
from tests.shipped import AS_OF, NOW, FixedClock, content, texts
from workbench.application.assessment.assessing import AssessingService
from workbench.application.project.exporting import Exporting
from workbench.application.store_ports import SourceFile
from workbench.domain.ranking.choices import UNDECIDED
from workbench.domain.records.log_seal import LogSeal


class Services(SimpleNamespace):
    """The services of a project, told apart like objects."""

    __hash__ = object.__hash__


def exporting(*records, writer=None, checklist=None, settings=None, choices=None):
    """The export service over these records."""
    ledger = a_ledger(*records)
    querying = SimpleNamespace(
        ledger=lambda: ledger,
        records=ledger.all,
        record=lambda entity, key: ledger.find(entity, key),
        sources=lambda: [SourceFile("s1", "台账.xlsx", "ab" * 32, 9969, "批次1")],
        setting=lambda name: (settings or {}).get(name),
        newest_steps=lambda _until: {},
        log_seal=lambda final=None: LogSeal("5e" * 32, 12, NOW),
    )
    clock = FixedClock()
    services = Services(
        content=content(),
        catalogue=ledger.catalogue,
        redaction=SimpleNamespace(names=tuple),
        querying=querying,
        assessing=AssessingService(None, content, clock),
        ticking=SimpleNamespace(checked_sheet=lambda assessment: checklist),
        cases=SimpleNamespace(all=lambda: content().cases),
        evidencing=SimpleNamespace(all=list, missing=lambda _: frozenset(), check=lambda _: {}),
        scenarios=SimpleNamespace(all=lambda park: []),
        deciding=SimpleNamespace(choices=lambda *_, **__: choices or UNDECIDED),
    )
    return Exporting(services, writer, clock)


def report_of(
    *records, language="zh_CN", assessment=None, checklist=None, park="park", choices=None,
    as_of=AS_OF, assets=(),
):  # fmt: skip
    """The content of a report on these records."""
    service = exporting(*records, checklist=checklist, choices=choices)
    return service.build(park, as_of, texts(language), assessment=assessment, assets=assets)


def table_of(report, sheet, title):
    """The table of a sheet whose number or title is this."""
    for table in report.sheet(sheet).tables:
        if title in (table.number, table.title):
            return table
    raise LookupError(
        f"{title} on {sheet}: {[t.number or t.title for t in sheet_tables(report, sheet)]}"
    )


def sheet_tables(report, sheet):
    return list(report.sheet(sheet).tables)


def words_of(report, sheet):
    """All running text of a sheet."""
    return "\n".join(getattr(block, "text", "") for block in report.sheet(sheet).blocks)
