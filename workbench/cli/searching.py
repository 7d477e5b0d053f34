# SPDX-License-Identifier: MIT
"""The find command: everything that a few letters of any kind can mean, and why."""

from typing import Any

from workbench.application.ports import Texts
from workbench.application.search.searching import Reason
from workbench.application.search.words import field_title, kind_title, where_words
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.search.index import Found

Commands = Any
LIMIT = 10


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    finding = commands.add_parser("find", help=texts("cli.help.find"))
    finding.add_argument("project", metavar="PROJECT")
    finding.add_argument("text", nargs="+", metavar="TEXT", help=texts("cli.help.find_text"))
    finding.add_argument("--limit", type=int, default=LIMIT, help=texts("cli.help.find_limit"))
    finding.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    finding.set_defaults(run=run_find)


def run_find(call: Call) -> int:
    """Print the best matches."""
    services = call.program.open(call.options.project, reading=True)
    query = " ".join(call.options.text)
    found = services.searching.search_all(query, max(call.options.limit, 1))
    if call.options.json:
        results = [_plain(services, item, call.texts) for item in found]
        print_json({"query": query, "results": results})
    elif found:
        heads = [call.texts(f"finder.col_{name}") for name in ("kind", "title", "why")]
        print_table(heads, [_row(services, item, call.texts) for item in found])
    else:
        print(call.texts("finder.nothing", text=query))
    services.close()
    return DONE


def _row(services: Services, found: Found, texts: Texts) -> list[str]:
    reasons = services.searching.reasons(found)
    catalogue = services.catalogue
    why = texts("finder.gap").join(where_words(r, found, catalogue, texts) for r in reasons)
    title = services.searching.title(found, texts.language)
    return [kind_title(found.kind, catalogue, texts), title, why]


def _plain(services: Services, found: Found, texts: Texts) -> dict[str, Any]:
    catalogue = services.catalogue
    return {
        "kind": found.kind,
        "key": found.key,
        "title": services.searching.title(found, texts.language),
        "why": [
            {
                "field": reason.field,
                "title": field_title(found.kind, reason.field, catalogue, texts),
                "text": reason.text,
                "piece": reason.text[reason.start : reason.end],
                "how": _how(reason),
                "word": reason.word,
            }
            for reason in services.searching.reasons(found)
        ],
    }


def _how(reason: Reason) -> str:
    return reason.level.name.lower().removesuffix("_first")
