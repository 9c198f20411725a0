# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The figures that the hub keeps of its requests. Routes are patterns, not addresses, so that there are few of them."""

from prometheus_client import Counter, Histogram

ROUTE_LABELS = ("method", "route", "status")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter("paddock_requests", "Requests answered.", ROUTE_LABELS)
DURATION = Histogram(
    "paddock_request_seconds",
    "How long requests took.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)


def count(method: str | None, route: str, status: int, seconds: float) -> None:
    """Note one request. A method nobody knows counts as "other": a caller must not invent figures."""
    known = method if method in METHODS else "other"
    REQUESTS.labels(known, route, str(status)).inc()
    DURATION.labels(known, route).observe(seconds)
