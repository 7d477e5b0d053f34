# SPDX-License-Identifier: MIT
"""Sheet 6: which pathways are open, their scores, weights and ranking, how firm it is."""
