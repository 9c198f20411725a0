# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Vulnerability Exploitability eXchange: who says that a vulnerability matters in a product, or that it does not.

Statements (`statement`), the words of the three formats (`vocabulary`), what a statement is about (`identity`, `cpe`,
`carriers`), which one counts (`apply`), and making documents (`create`, `merge`). The room `formats` reads and writes
them. Requirements: "Minimum Requirements for Vulnerability Exploitability eXchange (VEX)", CISA, 2023.
"""
