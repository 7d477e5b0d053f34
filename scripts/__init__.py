# SPDX-License-Identifier: MIT
"""What is done to the checkout: checks, locks, migrations, pictures, measurements."""
