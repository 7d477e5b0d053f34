"""A project's own rules and parameters: checked, versioned, undoable; broken ones are left out."""

from datetime import date
from decimal import Decimal

import pytest

from workbench.application.finding_words import finding_text
from workbench.domain.findings import InputError, Level, RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, creation
from workbench.files.texts import LANGUAGES

RULES, PARAMETERS = "diagnosis.toml", "parameters.toml"
AS_OF = date(2026, 6, 30)


@pytest.fixture
def park(services):
    return services.editing.add("park", {"code": "P", "name": "甲园"})


def rule(services, code):
    return next(r for r in services.content.diagnosis.rules if r.id == code)


def test_a_changed_threshold_counts_is_versioned_and_can_be_undone(services):
    shipped = services.program.content
    services.editions.change_entry(RULES, "D1-1", {"when": "I_01 < 0.55"}, "市里口径")
    assert rule(services, "D1-1").threshold == Decimal("0.55")
    assert services.content.edition != shipped.edition
    assert services.program.content is shipped
    services.editions.change_entry(RULES, "D1-1", {"points": "35"}, "复核")
    record = services.editions.own()[RULES]
    assert (record.number("edition"), record.text("reason")) == (2, "复核")
    services.history.undo()
    assert rule(services, "D1-1").points == 40
    services.editions.reset(RULES, "恢复")
    assert services.content.edition == shipped.edition


def test_a_mistake_names_file_entry_and_key_and_nothing_is_kept(services):
    with pytest.raises(InputError) as caught:
        services.editions.change_entry(RULES, "D1-1", {"when": "I_99 < 0.55"}, "试")
    params = caught.value.params
    assert (params["file"], params["entry"], params["field"]) == (RULES, "D1-1", "when")
    assert services.editions.own() == {}


@pytest.mark.parametrize(
    ("file", "body", "place"),
    [
        ("standards.toml", ("weight = 0.7", "weight = 0.8"), "goal"),
        ("grading.toml", ("up_to = 0.95", "up_to = 0.50"), "classes"),
        ("grading.toml", ("firm.land_mu < 3", "firm.land < 3"), "when"),
        ("standards.toml", ("weight = 0.7, zero = 0", "weight = 0.6, zero = 0"), "items"),
        ("standards.toml", ('"I-15", weight', '"I-99", weight'), "indicator"),
        ("standards.toml", ("zero = 20, full = 100", "zero = 100, full = 100"), "full"),
        ("standards.toml", ("zero_at = 0.10", "zero_at = 0"), "zero_at"),
    ],
)
def test_weights_that_do_not_sum_and_unknown_names_are_refused(services, file, body, place):
    text = services.editions.text(file).replace(*body, 1)
    with pytest.raises(InputError) as caught:
        services.editions.keep(file, text, "试")
    assert caught.value.params["field"] == place


def test_a_change_needs_a_reason_and_a_difference(services):
    text = services.editions.text(RULES)
    with pytest.raises(RefusedError):
        services.editions.keep(RULES, text + "\n# 注\n", " ")
    with pytest.raises(RefusedError):
        services.editions.keep(RULES, text, "试")
    with pytest.raises(UsageError):
        services.editions.text("cases.toml")
    with pytest.raises(RefusedError):
        services.editions.reset(RULES, "试")


def test_a_team_brings_its_own_source(services):
    text = services.editions.text(PARAMETERS)
    source = """
[[source]]
id = "province_2026"
publisher = { zh = "省财政厅", en = "Provincial finance department" }
title = { zh = "契税公告", en = "Deed tax notice" }
reliability = "high"
"""
    services.editions.keep(PARAMETERS, text + source, "补来源")
    services.editions.change_entry(
        PARAMETERS, "deed_tax", {"source": "province_2026", "verified_on": "2026-05-01"}, "核对"
    )
    found = services.content.parameters.get("deed_tax", as_of=AS_OF)
    assert (found.source.id, found.verified_on) == ("province_2026", date(2026, 5, 1))


def test_an_edition_that_no_longer_holds_is_left_out_and_said_to_be(services, park):
    values = {"file": RULES, "body": '[[rule]]\nid = "D1-1"\n'}
    services.history.do(ChangeSet("", (creation("content_file", "k", values),)))
    draft = services.assessing.run(park, None, AS_OF)
    found = [f for f in draft.findings if f.code == "K03E"]
    assert [f.level for f in found] == [Level.ERROR]
    assert draft.content_edition == services.program.content.edition
    for language in LANGUAGES:
        assert RULES in finding_text(found[0], services.program.texts(language))


def test_a_parameter_out_of_date_is_a_finding_and_what_needs_it_waits(services, park):
    services.editions.change_entry(
        PARAMETERS, "ref_tax_per_mu", {"effective_to": "2025-12-31"}, "到期"
    )
    draft = services.assessing.run(park, None, AS_OF)
    found = [f for f in draft.findings if f.code == "K01W" and f.params["code"] == "ref_tax_per_mu"]
    assert found[0].params["day"] == "2025-12-31"
    assert "ref_tax_per_mu" not in draft.scope.params
    assert ("parameter", "ref_tax_per_mu") in {
        (m.entity, m.field) for m in draft.indicators["I-13"].trace.missing
    }
    earlier = services.assessing.run(park, None, date(2025, 12, 31))
    assert not [f for f in earlier.findings if f.params.get("code") == "ref_tax_per_mu"]


def test_a_rule_of_unlike_kinds_is_a_finding_and_the_rest_goes_on(services, park):
    services.editions.change_entry(RULES, "D1-1", {"when": "park.code > 5"}, "试")
    draft = services.assessing.run(park, None, AS_OF)
    assert [f.params["id"] for f in draft.findings if f.code == "K02W"] == ["D1-1"]
    assert len(draft.distresses) == 10


RANKING = "ranking.toml"


def test_the_rules_of_ranking_are_a_projects_own_too_and_count_at_once(services, park):
    """Issue 5: weights, bounds and robustness are edited per project, with a reason."""
    before = services.deciding.weighting(park).judgements
    text = services.editions.text(RANKING).replace("return = 2, funding", "return = 1, funding")
    services.editions.keep(RANKING, text, "市里口径")
    services.editions.change_entry(RANKING, "bounds", {"red_line_cap": "50"}, "市里口径")
    services.editions.change_entry(RANKING, "robustness", {"close": "5"}, "市里口径")
    rules = services.content.ranking
    assert (rules.bounds.red_line_cap, rules.close) == (Decimal(50), 5)
    assert services.deciding.weighting(park).judgements != before
    draft = services.assessing.run(park, None, AS_OF)
    assert draft.content_edition != services.program.content.edition
    services.editions.reset(RANKING, "恢复")
    assert services.deciding.weighting(park).judgements == before


@pytest.mark.parametrize(
    ("entry", "values", "place"),
    [
        ("bounds", {"months": "[6, 12, 24]"}, "months"),
        ("robustness", {"weight_change": "-0.3"}, "weight_change"),
        ("tenants", {"pathways": '["P99"]'}, "pathways"),
        ("judgements", {"time": '{ industry = "11", risk = "1/3" }'}, "industry"),
    ],
)
def test_a_spoiled_rule_of_ranking_is_refused_at_its_place(services, entry, values, place):
    with pytest.raises(InputError) as caught:
        services.editions.change_entry(RANKING, entry, values, "试")
    assert (caught.value.params["file"], caught.value.params["field"]) == (RANKING, place)
    assert services.editions.own() == {}
