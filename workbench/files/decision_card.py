# SPDX-License-Identifier: MIT
"""What people decide about a ranking, from a TOML file: judgements or weights, scores, a choice.

method = "AHP"                                   # or "手工", "熵权"; by default what is given
judgements = { compliance = { return = 2, … }, … }      # or
weights = { compliance = 0.30, return = 0.20, … }
score = [{ pathway = "P09", criterion = "risk", score = 75, reason = "…" }]
choice = { pathway = "P11", reason = "…" }
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import RankingChoices, whole_step
from workbench.domain.ranking.ranking import Override
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import AnalystScore
from workbench.domain.ranking.weighing import Weighting, WeightMethod
from workbench.files.content.ranking import judgements_of
from workbench.files.content.reading import Table, only, parse_toml


def read_decisions(
    text: str, file: str, ranked: Collection[str], author: str = ""
) -> RankingChoices:
    """Return the decisions written in TOML; ContentError names file, entry, key and remedy.

    ``ranked`` are the codes of the pathways that may be scored. Weights that do not sum and
    judgements that contradict each other are read: the ranking says what is wrong with them.
    """
    document = parse_toml(text.encode(), file)
    only(document, file, "method", "judgements", "weights", "score", "choice")
    top = Table(document, file, file)
    choice = None
    if top.has("choice"):
        with top.table("choice").closing() as table:
            choice = Override(_pathway(table, ranked), table.text("reason"), author)
    return RankingChoices(_weighting(document, top), _scores(top, ranked), choice)


def _weighting(document: Mapping[str, Any], top: Table) -> Weighting | None:
    if not {"method", "judgements", "weights"} & document.keys():
        return None
    judgements = (
        judgements_of(top.table("judgements"), whole=False) if top.has("judgements") else {}
    )
    manual = {}
    if top.has("weights"):
        with top.table("weights").closing() as table:
            for criterion in CRITERIA:
                value = table.optional_number(criterion.value)
                if value is not None:
                    manual[criterion] = value
    given = WeightMethod.MANUAL if top.has("weights") else WeightMethod.AHP
    method = top.choice("method", WeightMethod, given)
    return Weighting(method, judgements, manual, own=True)


def _scores(top: Table, ranked: Collection[str]) -> dict[str, dict[Criterion, AnalystScore]]:
    found: dict[str, dict[Criterion, AnalystScore]] = {}
    for entry in top.tables("score"):
        with entry.closing():
            code = _pathway(entry, ranked)
            criterion = entry.choice("criterion", Criterion)
            value = Decimal(entry.integer("score", 0, 100))
            if not whole_step(value):
                raise entry.error("wrong_kind", "score", expected="0, 5, … 100", value=str(value))
            own = found.setdefault(code, {})
            if criterion in own:
                raise entry.error("duplicate", "criterion", value=f"{code} {criterion.value}")
            own[criterion] = AnalystScore(value, entry.text("reason"))
    return found


def _pathway(table: Table, ranked: Collection[str]) -> str:
    code = table.text("pathway")
    if code not in ranked:
        raise table.not_among("pathway", code, ranked)
    return code
