# SPDX-License-Identifier: MIT
"""How long a test waits for what must come: on a busy machine everything comes late."""

from pytestqt.qtbot import QtBot

PATIENCE_S = 60
"""What comes is waited for no longer than it takes; only a failure takes this long."""
_PATIENCE_MS = PATIENCE_S * 1000


class PatientBot(QtBot):
    """The bot of pytest-qt, whose own five seconds are too short for two busy processors."""

    def waitUntil(self, callback, *, timeout=_PATIENCE_MS):  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=_PATIENCE_MS, **rest):  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **rest)

    def waitSignals(self, signals, *, timeout=_PATIENCE_MS, **rest):  # noqa: N802
        return super().waitSignals(signals, timeout=timeout, **rest)

    def waitExposed(self, widget, *, timeout=_PATIENCE_MS):  # noqa: N802
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget, *, timeout=_PATIENCE_MS):  # noqa: N802
        return super().waitActive(widget, timeout=timeout)
