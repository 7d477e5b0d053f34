# SPDX-License-Identifier: MIT
"""Scenario files for window and command line."""

from workbench.files.scenario_file import ScenarioFile
from workbench.files.scenario_file import read_scenario as read
from workbench.files.scenario_file import scenario_template as template

__all__ = ["ScenarioFile", "read", "template"]
