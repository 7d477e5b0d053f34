# SPDX-License-Identifier: MIT
"""Dividing one parcel into several and joining several into one (the 金寨 mechanism)."""
