# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One module a command, loaded when it runs; each has `app`, a Typer with that one command."""
