# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub up`: everything on this machine, in one process tree."""

import time

import click
import httpx
from django.core.management import call_command

from paddock.hub.commands.createadmin import invite
from paddock.hub.config.environment import environment
from paddock.hub.core.queue import Queue
from paddock.hub.operation.embedded import Keeper
from paddock.hub.operation.first_steps import has_administrator
from paddock.hub.operation.supervisor import Child, Supervisor, hub_command
from paddock.hub.operation.worker import PROMPT

LOCAL_ADMINISTRATOR = "admin@localhost.localdomain"


@click.command("up")
@click.option("--demo", is_flag=True, help="Fill an empty hub with a fictional company.")
def command(demo: bool) -> int:
    """Start database, web server and worker on this machine; Ctrl-C ends them all."""
    started = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not has_administrator() and not demo:
        invite(LOCAL_ADMINISTRATOR, "Administrator")
    children = [
        Child("web server", hub_command("serve")),
        Child("worker", hub_command("worker", *(f"--queue={queue}" for queue in PROMPT))),
        Child("worker for long tasks", hub_command("worker", f"--queue={Queue.BATCH}")),
    ]
    if demo:
        children.append(Child("demonstration", hub_command("demo"), once=True))
    announcement = Announcement(f"http://{environment().listen}/readyz", environment().base_url, started)
    return Supervisor(children, say).run(look_after=(Keeper(say).look, announcement.look))


def say(text: str) -> None:
    """One line for the person."""
    click.echo(text, err=True)


class Announcement:
    """Says once that the hub answers. address: asked for that. shown: what people type. started: when we began."""

    LATE = 30.0

    def __init__(self, address: str, shown: str, started: float) -> None:
        self._address, self._shown, self._started = address, shown, started
        self._done = False

    def look(self) -> None:
        """Ask, until it was said; an address that cannot be asked, such as a socket's, is given up after a while."""
        waited = time.monotonic() - self._started
        if self._done or waited > self.LATE:
            return
        try:
            self._done = httpx.get(self._address, timeout=2).is_success
        except (httpx.HTTPError, httpx.InvalidURL):
            return
        if self._done:
            ready = time.monotonic() - self._started
            say(f"Paddock is at {self._shown} (ready in {ready:.1f} s). Ctrl-C ends it.")
