# SPDX-License-Identifier: MIT
"""Financial scenarios: kept, calculated, compared, written as workbooks."""
