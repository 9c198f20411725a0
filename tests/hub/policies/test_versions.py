# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafting, editing and releasing policies: who may, what is kept, and who was faster."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import create_person, grant_role
from paddock.hub.accounts.types import Role
from paddock.hub.audit.models import Entry
from paddock.hub.core.actor import system
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound, TooLarge
from paddock.hub.outbox.models import Event
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.queries import faults_of, policies_with_versions, policy_by_id, visible_to
from paddock.hub.policies.services import (
    MAX_CONTENT,
    create_policy,
    draft_version,
    edit_draft,
    release_version,
    retire_policy,
    withdraw_draft,
)
from paddock.hub.policies.types import VersionState
from tests.hub.company import MOMENT, Company

LATER = MOMENT + timedelta(hours=1)
PLAIN = "name: Ours\nrules:\n  - id: no-gpl\n    when: license == 'GPL-3.0-only'\n    message: '{license}'\n"


def officer(company: Company, name: str, role: Role = Role.COMPLIANCE_OFFICER) -> Person:
    by = system("tests")
    person = create_person(actor=by, email=f"{name}@halden.example", name=name, unit=company.root, now=MOMENT)
    grant_role(actor=by, person=person, role=role, unit=company.root, now=MOMENT)
    return person


@pytest.fixture
def policy(company: Company) -> Policy:
    """Cars' own policy with a first draft by the coordinator of cars."""
    return create_policy(
        actor=company.actor(company.coordinator), unit=company.cars, name="Cars", now=MOMENT, content=PLAIN
    )


def test_a_new_policy_starts_as_a_copy_of_the_one_that_ships_and_decides_nothing(company: Company) -> None:
    policy = create_policy(actor=company.actor(company.admin), unit=company.root, name=" All ", now=MOMENT)
    version = policy.versions.get()
    assert (policy.name, version.number, version.state) == ("All", 1, VersionState.DRAFT)
    assert "Paddock default" in version.content
    assert faults_of(version.content) == ()


def test_a_unit_has_one_policy_and_a_policy_one_draft(company: Company, policy: Policy) -> None:
    actor = company.actor(company.coordinator)
    with pytest.raises(Invalid, match="already has a policy"):
        create_policy(actor=actor, unit=company.cars, name="Second", now=MOMENT)
    with pytest.raises(Invalid, match="already has a draft"):
        draft_version(actor=actor, policy=policy, now=MOMENT)


def test_two_people_who_edit_a_draft_do_not_overwrite_each_other(company: Company, policy: Policy) -> None:
    actor, draft = company.actor(company.coordinator), policy.versions.get()
    saved = edit_draft(actor=actor, version=draft, revision=1, content=PLAIN + "# mine\n", note="", now=LATER)
    assert saved.revision == 2
    with pytest.raises(ChangedMeanwhile):
        edit_draft(actor=actor, version=draft, revision=1, content=PLAIN + "# theirs\n", note="", now=LATER)
    draft.refresh_from_db()
    assert draft.content.endswith("# mine\n")


def test_a_draft_may_be_wrong_and_is_kept_but_not_released(company: Company, policy: Policy) -> None:
    actor, draft = company.actor(company.coordinator), policy.versions.get()
    wrong = "name: Ours\nrules:\n  - id: x\n    wenn: 'true'\n    message: m\n"
    draft = edit_draft(actor=actor, version=draft, revision=1, content=wrong, note="", now=LATER)
    faults = faults_of(draft.content)
    assert {fault.line for fault in faults} == {3, 4}
    with pytest.raises(Invalid) as raised:
        release_version(actor=company.actor(company.admin), version=draft, revision=2, now=LATER)
    assert any("policy.yml:4" in error for error in raised.value.errors)
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_what_is_no_text_for_people_or_too_long_is_refused(company: Company, policy: Policy) -> None:
    actor, draft = company.actor(company.coordinator), policy.versions.get()
    with pytest.raises(TooLarge):
        edit_draft(actor=actor, version=draft, revision=1, content="#" * (MAX_CONTENT + 1), note="", now=LATER)
    saved = edit_draft(actor=actor, version=draft, revision=1, content="name: a\r\n\x00", note="", now=LATER)
    assert saved.content == "name: a\n"


def test_only_who_may_release_puts_a_version_in_force(company: Company, policy: Policy) -> None:
    draft = policy.versions.get()
    with pytest.raises(NotAllowed):
        release_version(actor=company.actor(company.coordinator), version=draft, revision=1, now=LATER)
    with pytest.raises(NotAllowed):
        edit_draft(actor=company.actor(company.colleague), version=draft, revision=1, content="", note="", now=LATER)
    with pytest.raises(NotFound):
        release_version(actor=company.actor(company.stranger), version=draft, revision=1, now=LATER)
    released = release_version(actor=company.actor(company.admin), version=draft, revision=1, now=LATER)
    assert (released.state, released.released_by, released.released_at) == ("released", company.admin, LATER)
    event = Event.objects.get(type="PolicyChanged")
    assert event.payload["unit_path"] == company.cars.path
    assert Entry.objects.filter(action="policy.released", subject_id=str(policy.pk)).count() == 1


def test_whoever_wrote_in_a_draft_is_not_its_second_pair_of_eyes(company: Company, policy: Policy) -> None:
    first, second = (company.actor(officer(company, name)) for name in ("one", "two"))
    draft = policy.versions.get()
    draft = edit_draft(actor=first, version=draft, revision=1, content=PLAIN + "\n", note="", now=LATER)
    with pytest.raises(NotAllowed, match="second pair of eyes"):
        release_version(actor=first, version=draft, revision=2, now=LATER)
    assert release_version(actor=second, version=draft, revision=2, now=LATER).state == VersionState.RELEASED


def test_a_unit_without_units_below_may_release_its_own_unless_the_settings_forbid_it(
    company: Company, settings: Any
) -> None:
    actor = company.actor(officer(company, "one"))
    policy = create_policy(actor=actor, unit=company.cloud, name="Cloud", now=MOMENT, content=PLAIN)
    settings.FOUR_EYES = True
    with pytest.raises(NotAllowed):
        release_version(actor=actor, version=policy.versions.get(), revision=1, now=LATER)
    settings.FOUR_EYES = False
    release_version(actor=actor, version=policy.versions.get(), revision=1, now=LATER)


def test_the_next_version_replaces_the_one_in_force_whose_text_stays(company: Company, policy: Policy) -> None:
    admin, coordinator = company.actor(company.admin), company.actor(company.coordinator)
    release_version(actor=admin, version=policy.versions.get(), revision=1, now=LATER)
    second = draft_version(actor=coordinator, policy=policy, now=LATER, note="stricter")
    assert (second.number, second.content) == (2, PLAIN)
    second = edit_draft(actor=coordinator, version=second, revision=1, content=PLAIN + "#\n", note="s", now=LATER)
    release_version(actor=admin, version=second, revision=2, now=LATER)
    states = list(policy.versions.order_by("number").values_list("state", "content"))
    assert states == [("replaced", PLAIN), ("released", PLAIN + "#\n")]
    with pytest.raises(ChangedMeanwhile):
        edit_draft(actor=admin, version=second, revision=2, content="", note="", now=LATER)


def test_what_was_released_is_what_was_looked_at(company: Company, policy: Policy) -> None:
    draft = policy.versions.get()
    edit_draft(
        actor=company.actor(company.coordinator), version=draft, revision=1, content="name: x", note="", now=LATER
    )
    with pytest.raises(ChangedMeanwhile):
        release_version(actor=company.actor(company.admin), version=draft, revision=1, now=LATER)


def test_a_draft_is_withdrawn_and_a_released_version_is_not(company: Company, policy: Policy) -> None:
    coordinator = company.actor(company.coordinator)
    draft = policy.versions.get()
    withdraw_draft(actor=coordinator, version=draft, now=LATER)
    assert not policy.versions.exists()
    again = draft_version(actor=coordinator, policy=policy, now=LATER)
    release_version(actor=company.actor(company.admin), version=again, revision=1, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        withdraw_draft(actor=coordinator, version=again, now=LATER)
    assert PolicyVersion.objects.filter(policy=policy).count() == 1
    assert Entry.objects.filter(action="policy.draft_withdrawn").count() == 1


def test_a_unit_gives_its_own_rules_up_but_the_company_does_not(company: Company, policy: Policy) -> None:
    admin = company.actor(company.admin)
    with pytest.raises(ChangedMeanwhile):
        retire_policy(actor=admin, policy=policy, now=LATER)
    release_version(actor=admin, version=policy.versions.get(), revision=1, now=LATER)
    retire_policy(actor=admin, policy=policy, now=LATER)
    assert policy.versions.get().state == VersionState.REPLACED
    assert Event.objects.filter(type="PolicyChanged").last().payload["version_id"] is None
    whole = create_policy(actor=admin, unit=company.root, name="All", now=MOMENT, content=PLAIN)
    with pytest.raises(NotAllowed):
        retire_policy(actor=admin, policy=whole, now=LATER)


def test_people_see_the_policies_of_their_units_and_of_those_above(company: Company, policy: Policy) -> None:
    admin = company.actor(company.admin)
    whole = create_policy(actor=admin, unit=company.root, name="All", now=MOMENT, content=PLAIN)
    assert list(visible_to(company.actor(company.owner))) == [whole, policy]
    assert list(visible_to(company.actor(company.stranger))) == [whole]
    assert list(visible_to(company.actor(company.nobody))) == []
    with pytest.raises(NotFound):
        policy_by_id(company.actor(company.stranger), policy.pk)


def test_the_list_of_policies_costs_three_queries_however_many_there_are(
    company: Company, policy: Policy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin = company.actor(company.admin)
    for unit in (company.root, company.cockpit, company.cloud):
        create_policy(actor=admin, unit=unit, name=unit.name, now=MOMENT, content=PLAIN)
    with django_assert_num_queries(3):
        found = [(one.unit.name, one.draft, one.in_force) for one in policies_with_versions(admin)]
    assert len(found) == 4
    assert all(len(draft) == 1 and not in_force for _, draft, in_force in found)
