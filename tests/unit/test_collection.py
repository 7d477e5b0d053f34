# SPDX-License-Identifier: MIT
"""The garbage collector rests while a report is made, and is as it was before afterwards."""

import gc

import pytest

from workbench.application.collection import unsearched


@unsearched()
def _searches():
    return gc.isenabled()


def test_the_collector_rests_inside_and_not_afterwards():
    assert gc.isenabled()
    assert not _searches()
    assert gc.isenabled()


def test_the_collector_is_back_when_the_work_fails():
    with pytest.raises(ValueError, match="no"), unsearched():
        raise ValueError("no")
    assert gc.isenabled()


def test_what_was_off_stays_off():
    gc.disable()
    try:
        with unsearched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
