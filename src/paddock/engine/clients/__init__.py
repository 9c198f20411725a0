# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Talking to package registries over HTTP, with the settings and credentials of the machine's own package clients.

`configuration/` reads what pip, npm, Maven, Go, Cargo, Bundler, Composer, NuGet and apt are set to; `registry/` knows
where each registry keeps the published source of a component; `fetch.py` brings it here and checks it. Nothing that is
fetched is ever executed, and no program is started to find anything out.
"""
