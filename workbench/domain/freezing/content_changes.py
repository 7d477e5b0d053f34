# SPDX-License-Identifier: MIT
"""Which entries of the content differ between two assessments."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal

from workbench.domain.content import Content
from workbench.domain.freezing.differences import ContentChange
from workbench.domain.parameters import PolicyParam
from workbench.domain.report.sections.money.parameters import shown_brackets


def content_changes(old: Content, new: Content) -> Iterator[ContentChange]:
    """Yield the parameters, rules, standards, cases and pathways that differ."""
    yield from _entries("parameter", _parameters(old), _parameters(new))
    yield from _entries("rule", _rules(old), _rules(new))
    yield from _entries("ranking", _ranking(old), _ranking(new))
    yield from _objects("standard", _standards(old), _standards(new))
    yield from _objects("case", old.cases, new.cases)
    yield from _objects("pathway", old.pathways, new.pathways)


def _objects(
    kind: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[ContentChange]:
    """Yield what came, went or changed; the entries are too long to be shown whole."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield ContentChange(kind, name, name if name in old else None,
                                name if name in new else None)  # fmt: skip


def _entries(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[ContentChange]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield ContentChange(kind, name, old.get(name), new.get(name))


def _parameters(content: Content) -> dict[str, str]:
    return {_param_name(param): _param_words(param) for param in content.parameters}


def _param_name(param: PolicyParam) -> str:
    since = param.effective_from.isoformat() if param.effective_from else ""
    return "@".join(part for part in (param.code, param.region, since) if part)


def _param_words(param: PolicyParam) -> str:
    until = param.effective_to.isoformat() if param.effective_to else ""
    checked = param.verified_on.isoformat() if param.verified_on else ""
    parts = (_value_words(param), until and f"≤{until}", checked and f"✓{checked}",
             param.verified_by, param.checked_against, f"({param.source.id})")  # fmt: skip
    return " ".join(part for part in parts if part)


def _value_words(param: PolicyParam) -> str:
    """Return a value with its unit: a share is kept as a fraction, and 0.96 is no 0.96 %."""
    if not isinstance(param.value, Decimal):
        return "; ".join(shown_brackets(param.value))
    if param.unit == "%":
        return f"{(param.value * 100).normalize():f}%"
    return f"{param.value.normalize():f} {param.unit}".strip()


def _rules(content: Content) -> dict[str, str]:
    scale = content.diagnosis.scale
    found = {r.id: f"{r.condition.text} → {r.points}" for r in content.diagnosis.rules}
    return found | {"severity": f"{scale.light}/{scale.medium}/{scale.severe}"}


def _ranking(content: Content) -> dict[str, str]:
    """Return the rules of scoring and ranking: bounds, starting judgements, what is tried."""
    rules = content.ranking
    bounds = ((f.name, getattr(rules.bounds, f.name)) for f in fields(rules.bounds))
    found = {name: _numbers(value) for name, value in bounds}
    found |= {f"{a.value}/{b.value}": str(value) for (a, b), value in rules.judgements.items()}
    tried = ("weight_change", "score_change", "close")
    found |= {name: str(getattr(rules, name)) for name in tried}
    return found | {
        "tenants": " ".join(sorted(rules.tenants)),
        "lead_roles": " ".join(sorted(rules.lead_roles)),
    }


def _numbers(value: Decimal | tuple[Decimal, ...]) -> str:
    every = value if isinstance(value, tuple) else (value,)
    return " ".join(f"{each.normalize():f}" for each in every)


def _standards(content: Content) -> dict[str, object]:
    standards = content.standards
    return {
        standards.facilities.id: standards.facilities,
        **{scheme.id: scheme for scheme in standards.intensity},
        **{scheme.id: scheme for scheme in standards.grading},
        **{dimension.id: dimension for dimension in standards.dimensions},
    }
