# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading policies."""

from functools import lru_cache

from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.types import Policy as Rules
from paddock.hub.policies.models import PolicyVersion
from paddock.hub.policies.types import VersionState

STEP = 9
"""Characters of one step of a unit's path, its slash among them."""


def policy_in_force(unit_path: str) -> tuple[Rules, PolicyVersion | None]:
    """The rules that hold in the unit: of the nearest unit up the tree with a released version, else the engine's own.

    One query; the rules of a version are read once a process.
    """
    steps = [unit_path[:end] for end in range(STEP, len(unit_path) + 1, STEP)]
    version = (
        PolicyVersion.objects.filter(state=VersionState.RELEASED, policy__unit__path__in=steps)
        .select_related("policy")
        .order_by("-policy__unit__path")
        .first()
    )
    if version is None:
        return default_policy(), None
    return _rules(version.content, version.policy.name), version


@lru_cache(maxsize=256)
def _rules(content: str, name: str) -> Rules:
    return read_policy(content.encode(), name)
