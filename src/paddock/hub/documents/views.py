# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The documents of a release: which there are and what each is for, and each of them as a file."""

from itertools import groupby
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.core.request import HubRequest
from paddock.hub.documents.catalogue import DOWNLOADS, find_download
from paddock.hub.documents.names import attachment
from paddock.hub.documents.queries import entity_tag, original_of, source_of
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.head import head_of

ORIGINAL = "original"


@login_required
@require_safe
def documents(request: HubRequest, release_id: UUID) -> HttpResponse:
    """Every document that there is of a release, by what it is for."""
    found = release_by_id(request.actor, release_id)
    groups = [
        (_(group), [(one.slug, _(one.title), _(one.purpose)) for one in members])
        for group, members in groupby(DOWNLOADS.values(), key=lambda one: one.group)
    ]
    context = {**head_of(request.actor, found, "documents"), "groups": groups}
    return render(request, "documents/documents.html", context)


@login_required
@require_safe
def document(request: HubRequest, release_id: UUID, slug: str) -> HttpResponse:
    """One document as a file; `original` is what was handed in, byte by byte."""
    found = release_by_id(request.actor, release_id)
    tag = entity_tag(found, slug)
    unchanged = get_conditional_response(request, etag=tag) if found.inventory_id is not None else None
    if isinstance(unchanged, HttpResponse):
        return unchanged
    if slug == ORIGINAL:
        content, content_type, suffix = original_of(found), "application/octet-stream", ".original"
    else:
        download = find_download(slug)
        content, content_type, suffix = download.make(source_of(found)), download.content_type, download.suffix
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = tag
    response["Content-Disposition"] = attachment(found.product.name, found.name, suffix=suffix)
    return response
