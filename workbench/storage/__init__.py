# SPDX-License-Identifier: MIT
"""The project on disk: tables, migrations, units of work."""
