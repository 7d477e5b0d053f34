"""Every input and every choice of whole models in turn."""

from decimal import Decimal

import pytest

from tests.finance_rig import AROUND, plain, run
from tests.finance_samples import SAMPLES, model_of
from workbench.domain.finance.inputs import Shape
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.terms import places
from workbench.domain.findings import Level

BAD = (Decimal(-(10**15)), "三")
"""Far below every limit; a text."""


def faulty(item):
    """Values that an input cannot have, in each of the places where it may stand."""
    for bad in BAD:
        if item.shape is Shape.SINGLE:
            yield bad
        elif item.shape is Shape.SERIES:
            yield (bad, bad)


def numbers_on(result, key):
    """The answers that have a value although they hang on an input."""
    found = []
    for measure in result.measures:
        ends = [] if measure.term is None else [measure.term]
        if measure.line in result:
            ends += result.line(measure.line).amounts
        if measure.value is not None and key in {place.key for place in places(*ends)}:
            found.append((measure.key, measure.account))
    return found


@pytest.mark.parametrize("name", ["lease_up", "dated_flows", "transfer", "three_source"])
def test_no_answer_hangs_on_an_input_that_cannot_stand(name):
    model, stated = MODELS[model_of(name)], {k: plain(v) for k, v in SAMPLES[name].items()}
    tried = 0
    for item in model.inputs:
        for bad in faulty(item):
            result = calculate(model, stated | {item.key: bad}, AROUND)
            wrong = {f.field.partition("[")[0] for f in result.findings if f.level is Level.ERROR}
            assert all(measure.value is not None or measure.reasons for measure in result.measures)
            for key in wrong:
                tried += 1
                assert not numbers_on(result, key), (item.key, bad, key)
    assert tried >= 1


def test_every_choice_of_every_model_can_be_calculated():
    for sample, stated in SAMPLES.items():
        model = MODELS[model_of(sample)]
        for item in model.inputs:
            for choice in item.field.choices if item.shape is Shape.SINGLE else ():
                result = run(model.key, **stated | {item.key: choice.value})
                assert result.lines, (sample, item.key, choice.value)
