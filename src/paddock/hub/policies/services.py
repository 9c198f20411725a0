# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing policies: drafts are written, a released version holds until the next one is."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from paddock.engine.policy.nodes import MAX_BYTES
from paddock.engine.policy.read import default_policy_source
from paddock.hub.accounts.types import Permission
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed, TooLarge
from paddock.hub.outbox.services import publish
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.permissions import require, require_second_pair_of_eyes
from paddock.hub.policies.queries import faults_of
from paddock.hub.policies.types import VersionState

if TYPE_CHECKING:
    from paddock.hub.accounts.models import Unit

MAX_CONTENT = min(MAX_BYTES, 512 * 1024)
"""Bytes of one policy; the one that ships with Paddock has 20,000."""


@transaction.atomic
def create_policy(
    *, actor: Actor, unit: "Unit", name: str, now: datetime, content: str | None = None, note: str = ""
) -> Policy:
    """A policy of its own for a unit, with a first draft; it decides nothing until a version is released.

    content: YAML; None: a copy of the policy that ships with Paddock, to start from. Raises NotAllowed, NotFound,
    Invalid when the unit has one, or there is no name.
    """
    require(actor, Permission.MANAGE_POLICIES, unit.path, unit.name)
    name = name.strip()
    if not name or len(name) > 200:
        raise Invalid(_("Give the policy a name of at most 200 characters."))
    text = default_policy_source().decode() if content is None else _checked(content)
    try:
        with transaction.atomic():
            policy = Policy.objects.create(created_at=now, name=name, unit=unit)
    except IntegrityError as error:
        raise Invalid(
            _("%(unit)s already has a policy of its own. Draft a new version of it.") % {"unit": unit.name}
        ) from error
    _record(actor, now, "policy.created", policy)
    _new_draft(actor, policy, text, now, note)
    return policy


@transaction.atomic
def draft_version(
    *, actor: Actor, policy: Policy, now: datetime, content: str | None = None, note: str = ""
) -> PolicyVersion:
    """A new draft of a policy. content: None for a copy of the version in force, or of the newest where none is.

    Raises NotAllowed, NotFound, Invalid when there already is a draft.
    """
    require(actor, Permission.MANAGE_POLICIES, policy.unit.path, policy.unit.name)
    Policy.objects.select_for_update().get(pk=policy.pk)
    versions = PolicyVersion.objects.filter(policy=policy)
    if versions.filter(state=VersionState.DRAFT).exists():
        raise Invalid(
            _("%(policy)s already has a draft. Edit that one, or withdraw it first.") % {"policy": policy.name}
        )
    if content is None:
        base = versions.filter(state=VersionState.RELEASED).first() or versions.first()
        content = base.content if base else default_policy_source().decode()
    return _new_draft(actor, policy, _checked(content), now, note)


@transaction.atomic
def edit_draft(
    *, actor: Actor, version: PolicyVersion, revision: int, content: str, note: str, now: datetime
) -> PolicyVersion:
    """Save a draft, faults and all: a text that is being written need not be right yet.

    revision: the one that was edited. Raises NotAllowed, NotFound, TooLarge, ChangedMeanwhile when somebody saved,
    released or withdrew the draft since; nothing is changed then.
    """
    unit = version.policy.unit
    require(actor, Permission.MANAGE_POLICIES, unit.path, unit.name)
    text = _checked(content)
    editors = sorted({*version.editors, *([actor.person_id] if actor.person_id else [])})
    changed = PolicyVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT, revision=revision).update(
        content=text, sha256=digest_of(text), note=note.strip()[:2_000], revision=F("revision") + 1, editors=editors,
        changed_at=now,
    )  # fmt: skip
    if not changed:
        raise ChangedMeanwhile(
            _(
                "Somebody saved, released or withdrew this draft since you opened it. Your text was not "
                "saved; it stands below. Compare it with the draft as it is now."
            )
        )
    _record(actor, now, "policy.draft_edited", version.policy, version, sha256=digest_of(text))
    version.refresh_from_db()
    return version


@transaction.atomic
def withdraw_draft(*, actor: Actor, version: PolicyVersion, now: datetime, revision: int | None = None) -> Policy:
    """Throw a draft away; the record keeps that it was there.

    revision: the one that was looked at; None for whatever it says by now. Raises NotAllowed, NotFound,
    ChangedMeanwhile.
    """
    unit = version.policy.unit
    require(actor, Permission.MANAGE_POLICIES, unit.path, unit.name)
    _record(actor, now, "policy.draft_withdrawn", version.policy, version, sha256=version.sha256)
    drafts = PolicyVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT)
    if revision is not None:
        drafts = drafts.filter(revision=revision)
    if not drafts.delete()[0]:
        raise ChangedMeanwhile(_("The draft was changed, released or withdrawn meanwhile. Nothing was thrown away."))
    return version.policy


@transaction.atomic
def release_version(*, actor: Actor, version: PolicyVersion, revision: int, now: datetime) -> PolicyVersion:
    """Put a draft in force, for its unit and everything below it that has no policy of its own.

    revision: the one that was looked at: what is released is what the person saw. Where the unit has units below it,
    or the hub's settings ask for it everywhere, somebody releases who did not write in it. Raises NotAllowed,
    NotFound, Invalid with each fault and its line, ChangedMeanwhile.
    """
    policy, unit = version.policy, version.policy.unit
    require(actor, Permission.RELEASE_POLICIES, unit.path, unit.name)
    Policy.objects.select_for_update().get(pk=policy.pk)
    draft = PolicyVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT, revision=revision).first()
    if draft is None:
        raise ChangedMeanwhile(_("The draft was changed, released or withdrawn since you looked at it. Look again."))
    if needs_second_pair_of_eyes(unit):
        require_second_pair_of_eyes(actor, draft.editors)
    faults = faults_of(draft.content)
    if faults:
        raise Invalid(_("The draft has faults, so it cannot decide anything."), errors=tuple(map(str, faults)))
    PolicyVersion.objects.filter(policy=policy, state=VersionState.RELEASED).update(state=VersionState.REPLACED)
    PolicyVersion.objects.filter(pk=draft.pk).update(
        state=VersionState.RELEASED, released_by_id=actor.person_id, released_at=now
    )
    draft.refresh_from_db()
    _record(actor, now, "policy.released", policy, draft, sha256=draft.sha256)
    publish(event=PolicyChanged(policy.id, draft.id, unit.id, unit.path), now=now)
    return draft


@transaction.atomic
def retire_policy(*, actor: Actor, policy: Policy, now: datetime) -> Policy:
    """End a unit's own rules: those of the unit above hold there again. A later release brings them back.

    Raises NotAllowed, NotFound, ChangedMeanwhile when no version is in force.
    """
    require(actor, Permission.RELEASE_POLICIES, policy.unit.path, policy.unit.name)
    if policy.unit.parent_id is None:
        raise NotAllowed(_("The company's own policy can be replaced by a new version, but not ended."))
    in_force = PolicyVersion.objects.filter(policy=policy, state=VersionState.RELEASED)
    if not in_force.update(state=VersionState.REPLACED):
        raise ChangedMeanwhile(
            _("No version of %(policy)s is in force. Nothing was changed.") % {"policy": policy.name}
        )
    _record(actor, now, "policy.retired", policy)
    publish(event=PolicyChanged(policy.id, None, policy.unit.id, policy.unit.path), now=now)
    return policy


def needs_second_pair_of_eyes(unit: "Unit") -> bool:
    """Whether a draft for this unit is released by somebody who did not write in it."""
    return bool(settings.FOUR_EYES) or unit.children.exists()


def digest_of(content: str) -> str:
    """SHA-256 (hex) of the text's bytes."""
    return hashlib.sha256(content.encode()).hexdigest()


def _checked(content: str) -> str:
    """The text with line ends as editors outside browsers write them."""
    text = content.replace("\r\n", "\n").replace("\x00", "")
    if len(text.encode()) > MAX_CONTENT:
        raise TooLarge(_("A policy has at most %(most)s KiB. Nothing was saved.") % {"most": MAX_CONTENT // 1024})
    return text


def _new_draft(actor: Actor, policy: Policy, content: str, now: datetime, note: str = "") -> PolicyVersion:
    newest = PolicyVersion.objects.filter(policy=policy).values_list("number", flat=True).first()
    version = PolicyVersion.objects.create(
        created_at=now, changed_at=now, policy=policy, number=(newest or 0) + 1, content=content,
        sha256=digest_of(content), note=note.strip()[:2_000], author_id=actor.person_id,
        editors=[actor.person_id] if actor.person_id else [],
    )  # fmt: skip
    _record(actor, now, "policy.drafted", policy, version, sha256=version.sha256)
    return version


def _record(
    actor: Actor,
    now: datetime,
    action: str,
    policy: Policy,
    version: PolicyVersion | None = None,
    **details: str,
) -> None:
    number = {} if version is None else {"version": version.number}
    record(
        actor=actor, now=now, action=action, subject_type="policy", subject_id=policy.id, subject_name=policy.name,
        unit_path=policy.unit.path, details={**number, **details},
    )  # fmt: skip
