# SPDX-License-Identifier: MIT
"""The settings page: views, parameters, yardsticks, own fields, backups."""
