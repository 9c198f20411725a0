# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Copyright statements and their holders in files of any kind, by a literal search and a small grammar of words.

`candidates.py` finds the few lines that may hold a statement, `clean.py` takes comment marks and markup off them,
`tokens.py` gives every word a class from `words.py`, `grammar.py` says which rows of classes are statements, and
`statements.py` writes them down. `find.py` puts it together.
"""
