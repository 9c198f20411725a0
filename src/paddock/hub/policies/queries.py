# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading policies: which there are, what their versions say, and which of them hold where."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from paddock.engine.policy.nodes import Fault, InvalidFile
from paddock.engine.policy.read import default_policy, default_policy_source, read_policy
from paddock.engine.policy.types import Policy as Rules
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.types import VersionState

STEP = 9
"""Characters of one step of a unit's path, its slash among them."""
FILE = "policy.yml"
"""What faults call the text of a version."""


def visible_to(actor: Actor) -> QuerySet[Policy]:
    """The policies that concern the actor: of the units whose products they see, and of those above, which may hold
    there; units above before units below. One query."""
    above = {path[:end] for path in actor.reach(Permission.SEE_PRODUCTS) for end in range(STEP, len(path), STEP)}
    condition = actor.within(Permission.SEE_PRODUCTS) | Q(unit__path__in=sorted(above))
    return Policy.objects.filter(condition).select_related("unit").order_by("unit__path")


def policies_with_versions(actor: Actor, unit_path: str = "") -> QuerySet[Policy]:
    """The visible policies, each with `draft` and `in_force`: lists of at most one version. Three queries.

    unit_path: only those of this unit, of units below it, and of units above, whose rules may hold in it.
    """
    versions = PolicyVersion.objects.defer("content").select_related("author", "released_by")
    above = [unit_path[:end] for end in range(STEP, len(unit_path) + 1, STEP)]
    place = Q(unit__path__startswith=unit_path) | Q(unit__path__in=above)
    return (
        visible_to(actor)
        .filter(place)
        .prefetch_related(
            Prefetch("versions", versions.filter(state=VersionState.DRAFT), to_attr="draft"),
            Prefetch("versions", versions.filter(state=VersionState.RELEASED), to_attr="in_force"),
        )
    )


def drafts_to_release(actor: Actor) -> QuerySet[PolicyVersion]:
    """The drafts of others that the actor may release, the oldest first."""
    within = actor.within(Permission.RELEASE_POLICIES, "policy__unit__path")
    drafts = PolicyVersion.objects.filter(within, state=VersionState.DRAFT).defer("content")
    if actor.person_id is not None:
        drafts = drafts.exclude(editors__contains=[actor.person_id])
    return drafts.select_related("policy__unit", "author").order_by("changed_at")


def policy_by_id(actor: Actor, policy_id: UUID) -> Policy:
    """The policy. Raises NotFound when there is none or the actor may not see it."""
    found = visible_to(actor).filter(pk=policy_id).first()
    if found is None:
        raise NotFound(_("There is no such policy, or none that you may see."))
    return found


def versions_of(policy: Policy) -> QuerySet[PolicyVersion]:
    """The versions without their texts, the newest first; one query."""
    return PolicyVersion.objects.filter(policy=policy).defer("content").select_related("author", "released_by")


def version_of(policy: Policy, number: int) -> PolicyVersion:
    """The version of this number. Raises NotFound."""
    versions = PolicyVersion.objects.select_related("author", "released_by", "policy__unit")
    found = versions.filter(policy=policy, number=number).first()
    if found is None:
        raise NotFound(_("%(policy)s has no version %(number)s.") % {"policy": policy.name, "number": number})
    return found


def faults_of(content: str) -> tuple[Fault, ...]:
    """Everything that is wrong with the text, by line; empty when it can be released."""
    try:
        rules_from(content)
    except InvalidFile as error:
        return error.faults
    return ()


def rules_from(content: str) -> Rules:
    """The text as the engine's value. Raises InvalidFile with every fault."""
    return read_policy(content.encode(), FILE)


def policy_in_force(unit_path: str) -> tuple[Rules, PolicyVersion | None]:
    """The rules that hold in the unit: of the nearest unit up the tree with a released version, else the engine's own.

    One query; the rules of a version are read once a process.
    """
    version = version_in_force(unit_path)
    if version is None:
        return default_policy(), None
    return _rules(version.content), version


def version_in_force(unit_path: str) -> PolicyVersion | None:
    """The version that holds in the unit, with its policy and unit; None where the one that ships with Paddock does.

    One query.
    """
    steps = [unit_path[:end] for end in range(STEP, len(unit_path) + 1, STEP)]
    found = PolicyVersion.objects.filter(state=VersionState.RELEASED, policy__unit__path__in=steps)
    return found.select_related("policy__unit", "released_by").order_by("-policy__unit__path").first()


def shipped_text() -> str:
    """The YAML of the policy that ships with Paddock and holds where no unit has one."""
    return default_policy_source().decode()


def draft_of(policy: Policy) -> PolicyVersion | None:
    """The policy's draft with its text, or None."""
    drafts = PolicyVersion.objects.filter(policy=policy, state=VersionState.DRAFT)
    return drafts.select_related("author", "policy__unit").first()


def policies_below(actor: Actor, policy: Policy) -> QuerySet[Policy]:
    """The policies in force of units below that take the place of this one there, as far as the actor may see them."""
    released = PolicyVersion.objects.filter(state=VersionState.RELEASED).values("policy")
    below = visible_to(actor).filter(unit__path__startswith=policy.unit.path, pk__in=released)
    return below.exclude(pk=policy.pk)


@lru_cache(maxsize=256)
def _rules(content: str) -> Rules:
    return rules_from(content)


def units_with_other_rules(unit_path: str) -> list[str]:
    """The paths of the units below this one that have a policy in force of their own; one query."""
    below = PolicyVersion.objects.filter(state=VersionState.RELEASED, policy__unit__path__startswith=unit_path)
    paths = below.exclude(policy__unit__path=unit_path).values_list("policy__unit__path", flat=True)
    return sorted(paths)
