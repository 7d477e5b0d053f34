# SPDX-License-Identifier: MIT
"""Prints the ranking of pathways: places, figures, weights, how firm it is, what comes first."""

from typing import Any

from workbench.application.ports import Texts
from workbench.cli.labels import robustness_label, verdict_label
from workbench.cli.output import print_table

_SHOWN_FIRST = 3


def print_ranking(document: dict[str, Any], texts: Texts) -> None:
    """Print the ranking part of an assessment document."""
    placed = sorted(
        (path for path in document["pathways"] if path["scores"]),
        key=lambda path: (path["rank"] is None, path["rank"] or 0, -(path["weighted"] or 0)),
    )
    heads = [texts(f"cli.ranking.{name}") for name in _COLUMNS]
    print_table(heads, [_row(path, texts) for path in placed])
    others = (path for path in document["pathways"] if not path["scores"])
    for path in others:
        print(f"{path['code']} {path['name']}  {verdict_label(path['feasible'], texts)}")
    _print_weights(document["weights"], texts)
    _print_robustness(document, texts)


_COLUMNS = ("rank", "path", "feasible", "weighted", "topsis", "first")


def _row(path: dict[str, Any], texts: Texts) -> list[str]:
    return [
        str(path["rank"] or "—"),
        f"{path['code']} {path['name']}",
        verdict_label(path["feasible"], texts),
        "—" if path["weighted"] is None else f"{path['weighted']:.2f}",
        "—" if path["topsis"] is None else f"{path['topsis']:.4f}",
        _first(path, texts),
    ]


def _first(path: dict[str, Any], texts: Texts) -> str:
    """Return what stands in the way and which pathway leads out of it."""
    wrong = [check["text"] for check in path["blocks"] if check["result"]]
    wrong += [check["text"] for check in path["preconditions"] if check["result"] is False]
    unknown = [check["text"] for check in path["preconditions"] if check["result"] is None]
    words = texts("ranking.comma").join(wrong[:_SHOWN_FIRST])
    if path["first"]:
        words += texts("cli.ranking.way_out", paths=" ".join(path["first"]))
    if words:
        return words
    return texts("cli.ranking.to_verify", count=len(unknown)) if unknown else ""


def _print_weights(weights: dict[str, Any], texts: Texts) -> None:
    if weights["problem"]:
        print(weights["problem"])
        return
    values = "  ".join(
        f"{texts(f'content.criterion.{name}')} {value:.4f}"
        for name, value in weights["values"].items()
    )
    print(texts("cli.ranking.weights", method=weights["method"], values=values))
    if weights["cr"] is not None:
        print(
            texts(
                "cli.ranking.consistency",
                eigenvalue=f"{weights['lambda_max']:.4f}",
                ci=f"{weights['ci']:.4f}",
                ri=f"{weights['ri']:.2f}",
                cr=f"{weights['cr']:.4f}",
            )
        )
    if not weights["confirmed"]:
        print(texts("cli.ranking.unconfirmed"))


def _print_robustness(document: dict[str, Any], texts: Texts) -> None:
    found = document["robustness"]
    if found["label"] is not None:
        label = robustness_label(found["label"], texts)
        print(texts("cli.ranking.robustness", label=label, count=len(found["flips"])))
        print(found["rule"])
        for sentence in found["rank_reversals"]:
            print(sentence)
    if document["provisional"]:
        print(document["provisional"])
    if document["close"]:
        print(document["close"])
    if override := document["override"]:
        print(override["text"])
