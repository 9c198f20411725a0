# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The vocabulary every other room speaks: frozen values, no I/O.

Import the names from their modules (`from paddock.engine.model.component import Component`).
"""
