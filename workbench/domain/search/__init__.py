# SPDX-License-Identifier: MIT
"""Find anything: text by parts, codes and certificate numbers, Chinese by pinyin; and why."""
