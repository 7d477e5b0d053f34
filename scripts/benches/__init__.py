# SPDX-License-Identifier: MIT
"""One module per thing that is measured."""
