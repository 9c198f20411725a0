# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub up`: everything on this machine, in one process tree."""

import errno
import os
import socket
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
    if taken(environment().listen):
        raise click.UsageError(
            f"Another program listens on {environment().listen}, perhaps a hub that already runs. End that one, or "
            "choose another address with PADDOCK_HUB_LISTEN and PADDOCK_HUB_BASE_URL. Nothing was started."
        )
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not has_administrator() and not demo:
        invite(LOCAL_ADMINISTRATOR, "Administrator")
    children = [
        Child("web server", hub_command("serve")),
        Child("worker", hub_command("worker", *(f"--queue={queue}" for queue in PROMPT))),
        Child("worker for long tasks", hub_command("worker", f"--queue={Queue.BATCH}")),
    ]

    def announce() -> None:
        if answers(f"http://{environment().listen}/healthz", seconds=30):
            ready = time.monotonic() - started
            say(f"Paddock is at {environment().base_url} (ready in {ready:.1f} s). Ctrl-C ends it.")

    if demo:
        children.append(Child("demonstration", hub_command("demo"), once=True))
    return Supervisor(children, say, dict(os.environ)).run(once_started=announce, look_after=Keeper(say).look)


def say(text: str) -> None:
    """One line for the person."""
    click.echo(text, err=True)


def taken(listen: str) -> bool:
    """Whether the address (HOST:PORT) is in use. Others, such as `unix:/path`, are left to the web server to try."""
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or host == "unix":
        return False
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host.strip("[]"), int(port)))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def answers(address: str, *, seconds: float) -> bool:
    """Whether the server says within that time that it is there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return httpx.get(address, timeout=2).is_success
        except httpx.HTTPError:
            time.sleep(0.1)
    return False
