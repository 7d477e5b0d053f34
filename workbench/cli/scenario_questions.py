# SPDX-License-Identifier: MIT
"""``scenario … compare`` and ``scenario … sensitivity``: the questions after the first answer."""

from typing import Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table


def run_compare(call: Call, services: Services, one: str, two: str) -> int:
    """Print two kept scenarios side by side, and what leads from one NPV to the other."""
    from workbench.application.money.questions import Questions

    kept = services.scenarios
    pair = [(record.label, kept.scenario(record)) for record in map(kept.find, (one, two))]
    document = Questions(call.texts).compared(pair[0], pair[1])
    if call.options.json:
        print_json(document)
        return DONE
    texts = call.texts
    heads = [texts("scenarios.head.measure"), texts("report_money.col_account"),
             texts("scenarios.head.terminal"), one, two]  # fmt: skip
    rows = [
        [row["title"], row["account_title"] or "—", ending(row["with_terminal"], texts),
         row["one_reason"] or row["one_shown"], row["two_reason"] or row["two_shown"]]
        for row in document["measures"]
    ]  # fmt: skip
    print_table(heads, rows)
    for key in ("by_line", "by_input"):
        bridge = document[key]
        if "reason" in bridge:
            print(bridge["reason"]["text"])
            continue
        print(texts(f"scenarios.{key}", one=one, two=two,
                    order=texts(f"scenario.order_{bridge['order']}")))  # fmt: skip
        steps = [[one, bridge["start_shown"]]]
        steps += [[step["title"], step["change_shown"]] for step in bridge["steps"]]
        steps.append([two, bridge["end_shown"]])
        print_table([texts("scenarios.head.line"), texts("scenarios.head.amount")], steps)
    return DONE


def run_sensitivity(call: Call, services: Services, name: str) -> int:
    """Print what a kept scenario hangs on: tornado, break-evens, two-way table."""
    from workbench.application.money.questions import Questions

    record = services.scenarios.find(name)
    pair = call.options.pair or ()
    document = Questions(call.texts).hangs_on(name, services.scenarios.scenario(record), pair)
    if call.options.json:
        print_json(document)
        return DONE
    texts = call.texts
    print(f"{name}  {document['title']} {document['base_shown']}")
    heads = [texts(f"scenarios.head.{key}") for key in ("input", "swing", "at_low", "at_high")]
    rows = [
        [bar["title"], _swing(bar["swing"], texts), bar["at_low_shown"], bar["at_high_shown"]]
        for bar in document["tornado"]
    ]
    print_table(heads, rows)
    for kept in document["kept"]:
        print(f"{kept['title']}：{kept['text']}")
    for even in document["break_even"]:
        print(even["text"] if even["at"] is not None else f"{even['title']}：{even['text']}")
    if table := document["two_way"]:
        corner = f"{table['rows_title']} \\ {table['columns_title']}"
        lines = zip(table["row_words"], table["cell_words"], strict=True)
        print_table([corner, *table["column_words"]], [[at, *cells] for at, cells in lines])
    return DONE


def ending(with_terminal: bool | None, texts: Texts) -> str:
    """Return whether a figure has the terminal value in it, in words."""
    if with_terminal is None:
        return ""
    return texts(f"scenarios.terminal_{with_terminal}".lower())


def _swing(swing: dict[str, Any], texts: Texts) -> str:
    key = "swing_relative" if swing["relative"] else "swing_points"
    return texts(f"scenario.{key}", size=f"{swing['size'] * 100:g}")
