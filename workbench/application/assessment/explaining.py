# SPDX-License-Identifier: MIT
"""Results in sentences: why a case is near, what differs, what may and what must not be taken."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from workbench.application.ports import Texts
from workbench.domain.diagnosis.rules import DistressType
from workbench.domain.display import grouped
from workbench.domain.labels import label_key
from workbench.domain.matching.similarity import CaseMatch, Feature, FeatureScore
from workbench.domain.values import mu

_DISTRESS = "distress"
_SHOWN = 3


Types = Mapping[str, DistressType]


def feature_words(name: str, value: Feature | None, texts: Texts, types: Types) -> str | None:
    """Return one side of a feature in words; None when it is not known."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return texts("matching.area", m2=grouped(value, 0), mu=grouped(mu(value), 1))
    codes = sorted(value) if isinstance(value, frozenset) else [value]
    return texts("matching.comma").join(_code_words(name, code, texts, types) for code in codes)


def _code_words(name: str, code: str, texts: Texts, types: Types) -> str:
    """Return a code's label, or the code itself where the vocabulary has grown."""
    if name == _DISTRESS and code in types:
        return types[code].name.get(texts.language)
    key = label_key(name, code)
    return texts(key) if texts.has(key) else code


def match_sentences(match: CaseMatch, texts: Texts, types: Types) -> tuple[str, ...]:
    """Return a match as sentences: how near, why, why not, what we lack, what to take and leave."""
    language, case = texts.language, match.case
    sentences = [
        texts(
            "matching.overall",
            case=case.name.get(language),
            similarity=f"{match.similarity:.2f}" if match.comparable else "—",
            coverage=f"{match.coverage:.2f}",
        )
    ]
    if not match.well_founded:
        sentences.append(texts("matching.too_little"))
    sentences.append(
        texts("matching.nearest", features=_listed(match.nearest[:_SHOWN], texts, types))
    )
    sentences.append(texts("matching.different", features=_listed(match.different, texts, types)))
    for key, items in (
        ("unmet", [check.text.get(language) for check in match.unmet]),
        ("borrow", [text.get(language) for text in case.borrow]),
        ("do_not_copy", [text.get(language) for text in case.do_not_copy]),
        ("not_stated", [text.get(language) for text in case.not_stated]),
    ):
        if items:
            sentences.append(
                texts(f"matching.{key}", items=texts("matching.semicolon").join(items))
            )
    return tuple(sentences)


def _listed(features: Iterable[FeatureScore], texts: Texts, types: Types) -> str:
    """Return features with both values; what one side does not say is 待核 or 未说明."""
    parts = []
    for feature in features:
        ours = feature_words(feature.name, feature.ours, texts, types)
        theirs = feature_words(feature.name, feature.theirs, texts, types)
        parts.append(
            texts(
                "matching.pair",
                feature=texts(label_key("feature", feature.name)),
                ours=ours or texts("matching.ours_unknown"),
                theirs=theirs or texts("matching.theirs_unknown"),
            )
        )
    return texts("matching.semicolon").join(parts) or texts("matching.nothing")
