# SPDX-License-Identifier: MIT
"""Which benchmark cases resemble an asset, and why."""
