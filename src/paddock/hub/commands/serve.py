# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub serve`: the web server alone."""

import click

from paddock.hub.config.environment import environment
from paddock.hub.operation.webserver import WebServer


@click.command("serve")
def command() -> None:
    """Serve pages and the API."""
    WebServer(environment()).run()
