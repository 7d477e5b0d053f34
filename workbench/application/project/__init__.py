# SPDX-License-Identifier: MIT
"""The project as a whole: evidence, exports, verifying, backing up, the sample."""
