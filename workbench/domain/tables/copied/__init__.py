# SPDX-License-Identifier: MIT
"""What a clipboard holds: text, HTML and XML of spreadsheets as cells."""
