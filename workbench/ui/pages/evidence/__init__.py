# SPDX-License-Identifier: MIT
"""Files kept with a record, a field or a checklist item."""
