# SPDX-License-Identifier: MIT
"""Very many things are taken down between events, not in one go."""

import weakref

from workbench.ui.tasks import letting_go
from workbench.ui.tasks.letting_go import LettingGo


class _Thing:
    pass


def test_things_are_let_go_of_bit_by_bit_until_none_is_left(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(letting_go, "_SLICE_S", 0.0)
    things = [_Thing() for _ in range(120)]
    first = weakref.ref(things[0])
    holder = LettingGo(qapp)
    holder.take(things)
    things.clear()
    assert holder.left == 120
    assert first() is not None
    qtbot.waitUntil(lambda: holder.left == 0)
    assert first() is None
    assert not holder._clock.isActive()
    holder.deleteLater()
