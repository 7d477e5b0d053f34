# SPDX-License-Identifier: MIT
"""The land-use score and the firms' grades as JSON documents."""

from workbench.application.plain import Plain, plain
from workbench.application.ports import Texts
from workbench.domain.figures.grading import grading_of
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.intensity import intensity
from workbench.domain.standards.grading import Graded
from workbench.domain.standards.intensity import ItemScore

_DIGITS = 4


def land_use_document(scope: Scope, texts: Texts) -> Plain:
    """Return the land-use score goal by goal; None when it is not known."""
    found = intensity(scope, Reading(scope.params, scope.shared))
    if found is None:
        return None
    score, year = found
    return {
        "scheme": score.scheme.id,
        "zone_type": score.scheme.zone_type.value,
        "source": score.scheme.source.cite(texts.language),
        "year": plain(year.number("year")),
        "total": plain(round(score.total, _DIGITS)),
        "tier": texts(score.tier.text_key),
        "main": plain(round(score.main, _DIGITS)),
        "extension": None if score.extension is None else plain(round(score.extension, _DIGITS)),
        "goals": [
            {
                "code": goal.goal.code,
                "name": goal.goal.name.get(texts.language),
                "weight": plain(goal.goal.weight),
                "score": plain(round(goal.score, _DIGITS)),
                "parts": [
                    {
                        "code": part.part.code,
                        "weight": plain(part.part.weight),
                        "score": plain(round(part.score, _DIGITS)),
                        "items": [_item(item, texts) for item in part.items],
                    }
                    for part in goal.parts
                ],
            }
            for goal in score.goals
        ],
    }


def _item(item: ItemScore, texts: Texts) -> Plain:
    return {
        "measure": item.item.measure.value,
        "name": texts(item.item.measure.text_key),
        "value": plain(item.value),
        "ideal": plain(item.item.ideal),
        "zero_at": plain(item.item.zero_at),
        "weight": plain(item.item.weight),
        "score": plain(round(item.score, _DIGITS)),
    }


def grading_document(scope: Scope, texts: Texts) -> Plain:
    """Return every firm with its points and its grade; None without a scheme."""
    grading = grading_of(scope, Reading(scope.params, scope.shared))
    if grading is None:
        return None
    return {
        "scheme": grading.scheme.id,
        "name": grading.scheme.name.get(texts.language),
        "source": grading.scheme.source.cite(texts.language),
        "method": grading.scheme.method.value,
        "counts": {name: grading.count(name) for name in grading.classes},
        "bases": {measure.value: plain(base) for measure, base in grading.bases.items()},
        "firms": [_firm(firm, texts) for firm in grading.firms],
    }


def _firm(firm: Graded, texts: Texts) -> Plain:
    candidate = firm.candidate
    return {
        "key": candidate.key,
        "name": candidate.name,
        "grade": firm.grade,
        "place": firm.rank,
        "points": None if firm.points is None else plain(round(firm.points, _DIGITS)),
        "adjustment": plain(firm.adjustment),
        "yields": {m.value: plain(ratio.value) for m, ratio in candidate.yields.items()},
        "missing": [measure.value for measure in firm.missing],
        "exempt_by": None if firm.exempt_by is None else firm.exempt_by.get(texts.language),
    }
