# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages about what needs what in a release: why a component is there, and the graph."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.engine.model.result import Result
from paddock.hub.core.errors import NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.products.models import Release
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.causes import package_url
from paddock.hub.scans.dependencies import MOST, MOST_PROJECTS, centres_of, component_in, graph_of, ways_to
from paddock.hub.scans.head import head_of
from paddock.hub.scans.pictures import Names, drawn
from paddock.hub.scans.queries import result_of
from paddock.hub.scans.tables.contents import DIRECT, scope_word

LONGEST = 2_000
"""Characters of a package URL in an address."""


@login_required
@require_safe
def why(request: HubRequest, release_id: UUID) -> HttpResponse:
    """Why a component is there: the shortest ways from the projects to it, what needs it and what it needs."""
    found, result = _with_result(request, release_id)
    purl = request.GET.get("purl", "")[:LONGEST]
    component = component_in(result.inventory, purl)
    if component is None:
        raise NotFound(_("This release contains no such component. It may have been updated since."))
    names, graph = Names(result, found.pk), graph_of(result.inventory)
    ways, users = ways_to(result.inventory, purl)
    context = {
        **head_of(request.actor, found, "components"),
        "component": component,
        "license": names.license(purl),
        "package_url": package_url(purl),
        "ways": [(way, DIRECT[way.usage.direct], scope_word(way.usage.scope), [names.path(one) for one in way.paths])
                 for way in ways],
        "users": users,
        "more": max(0, users - MOST_PROJECTS),
        "needed_by": names.listed(graph.needed_by.get(purl, ())),
        "needs": names.listed(graph.needs.get(purl, ())),
    }  # fmt: skip
    return render(request, "scans/release_why.html", context)


@login_required
@require_safe
def graph(request: HubRequest, release_id: UUID) -> HttpResponse:
    """The graph as a picture: all of it where it is small, `?show=direct`: what projects ask for themselves,
    `?package=`: what leads to a package and what that needs."""
    found, result = _with_result(request, release_id)
    whole = graph_of(result.inventory)
    package = request.GET.get("package", "").strip()[:LONGEST]
    direct = request.GET.get("show") == "direct" and not package
    centres = centres_of(result.inventory, package) if package else []
    if package:
        nodes, total = whole.around(centres)
        edges = whole.edges(nodes)
    elif direct:
        nodes, edges = whole.direct_only()
        total = len(nodes)
    else:
        nodes, total = list(whole.nodes), len(whole.nodes)
        edges = whole.edges(nodes) if total <= MOST else []
    fits = len(nodes) <= MOST
    context = {
        **head_of(request.actor, found, "components"),
        "package": package,
        "direct": direct,
        "total": total,
        "most": MOST,
        "fits": fits,
        "picture": drawn(nodes, edges, centres, Names(result, found.pk)) if fits and nodes else None,
    }
    return render(request, "scans/release_graph.html", context)


def _with_result(request: HubRequest, release_id: UUID) -> tuple[Release, Result]:
    found = release_by_id(request.actor, release_id)
    result = result_of(found)
    if result is None:
        raise NotFound(_("Nothing was handed in for this release yet, so nothing is known about dependencies."))
    return found, result
