# SPDX-License-Identifier: MIT
"""What an assessment says and why: computing, deciding, weighing, explaining, many side by side."""
