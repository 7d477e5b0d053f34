# SPDX-License-Identifier: MIT
"""The window: everything that knows Qt."""

from workbench.ui.unread import leave_sources_unread

leave_sources_unread()  # before the rules are imported, which are most of the modules
