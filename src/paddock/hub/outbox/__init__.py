# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Events: written in the transaction that they tell of, delivered afterwards to whoever `config/wiring.py` names."""
