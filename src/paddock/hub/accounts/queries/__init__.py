# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading people, units and rights: one subject a file."""

from paddock.hub.accounts.queries.people import (
    names_of,
    people_called,
    people_seen_by,
    people_within,
    person_addressed,
    person_by_id,
    person_seen_by,
)
from paddock.hub.accounts.queries.rights import (
    actor_for,
    actor_for_token,
    coordinated_paths,
    digest_of,
    in_term,
    people_who_may,
    people_with,
    rights_of,
    roles_ending,
    roles_of,
    token_of,
    tokens_of,
)
from paddock.hub.accounts.queries.units import (
    full_names,
    root_name,
    root_path,
    unit_at,
    unit_by_id,
    unit_named,
    units_within,
)

__all__ = [
    "actor_for",
    "actor_for_token",
    "coordinated_paths",
    "digest_of",
    "full_names",
    "in_term",
    "names_of",
    "people_called",
    "people_seen_by",
    "people_who_may",
    "people_with",
    "people_within",
    "person_addressed",
    "person_by_id",
    "person_seen_by",
    "rights_of",
    "roles_ending",
    "roles_of",
    "root_name",
    "root_path",
    "token_of",
    "tokens_of",
    "unit_at",
    "unit_by_id",
    "unit_named",
    "units_within",
]
