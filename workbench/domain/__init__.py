# SPDX-License-Identifier: MIT
"""Pure rules of the domain: no Qt, no SQL, no clock, no files."""
