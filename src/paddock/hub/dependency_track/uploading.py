# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking documents, and changing projects, by our own services."""

from datetime import datetime
from functools import partial
from typing import Any

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from paddock.hub.dependency_track.answers import MayNotMake
from paddock.hub.dependency_track.projects import is_active
from paddock.hub.dependency_track.submissions import DEFAULT_VERSION, Submission, tags_of, truth
from paddock.hub.products.models import Release
from paddock.hub.products.queries import release_by_id
from paddock.hub.products.services import change_release_state, update_product
from paddock.hub.products.types import ReleaseState
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import hand_in_document
from paddock.hub.scans.uploading import release_named

MAX_TEXT = 200


def submit(*, actor: Actor, submission: Submission, now: datetime) -> Intake:
    """Hand the document in for its release, made where the client asks for that. Raises MayNotMake, NotFound, …"""
    if not actor.may_somewhere(Permission.UPLOAD):
        raise NotAllowed("This key may not upload documents (BOM_UPLOAD).")
    release = _release(actor, submission, now)
    return hand_in_document(
        actor=actor, release=release, content=submission.content, filename=submission.filename, now=now
    )


def _release(actor: Actor, submission: Submission, now: datetime) -> Release:
    if submission.project is not None:
        return release_by_id(actor, submission.project)
    release_of = partial(release_named, actor=actor, product=submission.name, release=submission.version, now=now)
    try:
        return release_of()
    except NotFound as error:
        if not submission.create:
            raise NotFound("The project could not be found.") from error
    try:
        made = release_of(create=True, is_latest=submission.is_latest)
    except NotAllowed as error:
        raise MayNotMake(error.message) from error
    if submission.tags:
        _tag(actor, made, submission.tags, now)
    return made


def _tag(actor: Actor, release: Release, tags: tuple[str, ...], now: datetime) -> None:
    together = list(dict.fromkeys((*release.product.tags, *tags)))[:50]
    # Whoever may upload may make a release, but only whoever manages products may change one that is there.
    if together != release.product.tags and actor.may(Permission.MANAGE_PRODUCTS, release.product.unit.path):
        update_product(actor=actor, product=release.product, changes={"tags": together}, now=now)


def make_project(*, actor: Actor, values: dict[str, Any], now: datetime) -> Release:
    """A new project. Raises ChangedMeanwhile (409) when there is one with this name and version."""
    name, version = _text(values, "name"), _text(values, "version") or DEFAULT_VERSION
    if not name:
        raise Invalid("A project needs a name.", errors=("name: missing",))
    try:
        release_named(actor=actor, product=name, release=version, now=now)
    except NotFound:
        made = release_named(
            actor=actor, product=name, release=version, create=True, is_latest=truth(values.get("isLatest")), now=now
        )
        _tag(actor, made, tags_of(values.get("tags")), now)
        return made
    raise ChangedMeanwhile("A project with the specified name and version already exists.")


def change_project(*, actor: Actor, release: Release, values: dict[str, Any], now: datetime) -> Release:
    """Apply what we have a place for: tags and description of the product, active of the release. What we have none
    for (parent, group, swidTagId) is left alone, as clients send it along without being asked."""
    changes: dict[str, Any] = {}
    if "tags" in values:
        changes["tags"] = list(tags_of(values["tags"]))
    if "description" in values:
        changes["description"] = _text(values, "description", 10_000)
    if changes:
        update_product(actor=actor, product=release.product, now=now, changes=changes)
    if "active" in values and truth(values["active"]) != is_active(release):
        state = ReleaseState.SUPPORTED if truth(values["active"]) else ReleaseState.ENDED
        change_release_state(actor=actor, release=release, to=state, now=now)
    return release_by_id(actor, release.id)


def end_project(*, actor: Actor, release: Release, now: datetime) -> None:
    """What deleting a project is here: the release is out of support, with everything known about it kept."""
    if release.state != ReleaseState.ENDED:
        change_release_state(actor=actor, release=release, to=ReleaseState.ENDED, now=now)


def _text(values: dict[str, Any], name: str, most: int = MAX_TEXT) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise Invalid(f"{name} is no text of at most {most} characters.", errors=(f"{name}: not usable",))
    return value.encode("utf-8", "replace").decode().strip()
