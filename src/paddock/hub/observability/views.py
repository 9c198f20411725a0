# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""/readyz and /metrics."""

import ipaddress
import os
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import Throttled
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from paddock.hub.accounts.authentication import actor_of_token, given_token
from paddock.hub.accounts.queries import root_path
from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.observability.queries import intakes_by_state, oldest_waiting, queue_depths, readiness


def readyz(_request: HttpRequest) -> HttpResponse:
    """200: send requests here. 503: do not; the answer says why."""
    found = readiness(now())
    content = {
        "ready": found.ready,
        "database": "ok" if found.database else "does not answer",
        "migrations": "ok" if found.migrations else "not applied, or not known",
        "oldest_waiting_seconds": round(found.oldest_waiting, 1),
    }
    return JsonResponse(content, status=200 if found.ready else 503, headers={"Cache-Control": "no-store"})


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text form, for this machine and for tokens of whoever manages the hub."""
    if not _may_read(request):
        return HttpResponse("Send a token that may manage the hub.\n", status=401, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(_Work())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        collector: Any = MultiProcessCollector
        collector(registry)
        text = generate_latest(registry)
    else:
        text = generate_latest(REGISTRY) + generate_latest(registry)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _may_read(request: HttpRequest) -> bool:
    if given_token(request):
        try:
            actor = actor_of_token(request, given_token(request))
        except Throttled:
            return False
        return actor is not None and actor.may(Permission.MANAGE_HUB, root_path())
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False  # somebody else's request, which a proxy on this machine passes on
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _Work(Collector):
    """What the tables say at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Queues and intakes. Three queries."""
        depth = GaugeMetricFamily("paddock_queue_tasks", "Tasks by queue and state.", labels=("queue", "state"))
        for queue, state, count in queue_depths():
            depth.add_metric((queue, state), count)
        yield depth
        age = GaugeMetricFamily("paddock_queue_oldest_seconds", "How long the oldest task waits.", labels=("queue",))
        for queue, seconds in oldest_waiting(now()):
            age.add_metric((queue,), seconds)
        yield age
        intakes = GaugeMetricFamily("paddock_intakes", "What was handed in, by state.", labels=("state",))
        for state, count in intakes_by_state().items():
            intakes.add_metric((state,), count)
        yield intakes
