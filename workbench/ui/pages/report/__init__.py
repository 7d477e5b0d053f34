# SPDX-License-Identifier: MIT
"""The report page: what would be written, its preview, its checks."""
