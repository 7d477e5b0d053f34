"""The garbage collector around work that makes very many objects at once."""

import gc
import weakref

import pytest

from workbench.application.collection import MANY, paused_collection, unsearched


@pytest.fixture(autouse=True)
def _as_it_was():
    """Search what the suite keeps out of every search, for these tests only."""
    was_on = gc.isenabled()
    gc.unfreeze()
    yield
    assert gc.isenabled() == was_on
    assert not gc.get_freeze_count()
    gc.freeze()


def test_what_a_large_work_made_is_not_walked_through_as_young():
    with paused_collection():
        made = [[] for _ in range(MANY + 1000)]
    assert gc.get_count()[0] < MANY
    assert len(made) > MANY


def test_a_ring_made_in_the_pause_is_still_found_later():
    class Ring:
        pass

    with paused_collection():
        made = [[] for _ in range(MANY + 1000)]
        ring = Ring()
        ring.itself = ring
    seen = weakref.ref(ring)
    del ring, made
    gc.collect()
    assert seen() is None


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
