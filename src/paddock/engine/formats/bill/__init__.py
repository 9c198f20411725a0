# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a bill of materials states, between its notation and the model.

SPDX 2 and SPDX 3 are read into `Bill` (statements.py), which `assembly` turns into an inventory; `remainder` carries
the facts that a format has no place for through that format and back.
"""
