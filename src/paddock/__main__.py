# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`python -m paddock` is `paddock`."""

from paddock.cli.main import run

run()
