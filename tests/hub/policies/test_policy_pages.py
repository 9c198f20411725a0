# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of policies: reading them, writing drafts, and what happens when two people write at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.services import create_policy, draft_version, edit_draft, release_version, withdraw_draft
from paddock.hub.policies.types import VersionState
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn

LATER = MOMENT + timedelta(hours=1)
PLAIN = """name: Ours
rules:
  - id: no-gpl
    when: license == 'GPL-3.0-only'
    message: '{license}'
"""
WRONG = "name: Ours\nrules:\n  - id: x\n    wenn: 'true'\n    message: m\n"
EVIL = "<script>alert(1)</script>"
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.fixture
def policy(company: Company) -> Policy:
    """Version 1 of cars' own policy is in force, and the coordinator of cars has drafted version 2."""
    coordinator, admin = company.actor(company.coordinator), company.actor(company.admin)
    made = create_policy(actor=coordinator, unit=company.cars, name="Rules for cars", now=MOMENT, content=PLAIN)
    release_version(actor=admin, version=made.versions.get(), revision=1, now=MOMENT)
    draft_version(actor=coordinator, policy=made, now=MOMENT, content=PLAIN.replace("GPL", "AGPL"), note="Why not?")
    return made


def draft_of(policy: Policy) -> PolicyVersion:
    return PolicyVersion.objects.get(policy=policy, state=VersionState.DRAFT)


def sent(draft: PolicyVersion, content: str, **more: Any) -> dict[str, Any]:
    """What the form of a draft sends."""
    return {"version": str(draft.pk), "revision": draft.revision, "content": content, "note": "", **more}


def pages(policy: Policy) -> list[str]:
    key = [policy.pk]
    plain = [reverse(name, args=key) for name in ("policy", "policy-text", "policy-changes", "policy-activity")]
    versions = [reverse("policy-version", args=[policy.pk, number]) for number in (1, 2)]
    return [*plain, *versions, f"{reverse('policy-changes', args=key)}?from=1&to=2"]


def test_readers_see_every_page_and_strangers_none(company: Company, policy: Policy, signed_in: SignIn) -> None:
    reader, stranger = signed_in(company.colleague), signed_in(company.stranger)
    for address in pages(policy):
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert not INLINE.search(answer.content.decode()), address
        assert stranger.get(address).status_code == 404, address
    assert b"Rules for cars" not in stranger.get(reverse("policies")).content


def test_readers_may_not_write(company: Company, policy: Policy, signed_in: SignIn) -> None:
    reader, stranger = signed_in(company.colleague), signed_in(company.stranger)
    for name in ("edit-draft", "withdraw-draft"):
        address = reverse(name, args=[policy.pk])
        assert (reader.get(address).status_code, stranger.get(address).status_code) == (403, 404)
        values = sent(draft_of(policy), "name: x")
        assert (reader.post(address, values).status_code, stranger.post(address, values).status_code) == (403, 404)
    assert reader.post(reverse("new-draft", args=[policy.pk])).status_code == 403
    assert reader.get(reverse("new-policy")).status_code == 403
    assert b"Open the draft" not in reader.get(reverse("policy", args=[policy.pk])).content
    assert b"Write a policy for a unit" not in reader.get(reverse("policies")).content


def test_the_list_says_which_rules_hold_where_somebody_looks(
    company: Company, policy: Policy, signed_in: SignIn
) -> None:
    def state(person: Any) -> str:
        text = signed_in(person).get(reverse("policies")).content.decode()
        return re.sub(r"<[^>]+>", "", text.partition('<p class="state">')[2].partition("</p>")[0])

    assert "In Cockpit version 1 of Rules for cars holds." in state(company.colleague)
    assert "In Cloud the policy that ships with Paddock holds" in state(company.stranger)
    assert "In Halden Mobility the policy that ships with Paddock holds" in state(company.admin)
    assert "By which rules" in state(company.nobody)
    listed = signed_in(company.colleague).get(reverse("policies")).content.decode()
    assert all(word in listed for word in ("Rules for cars", "Version 1", "Admin", "Version 2"))


def test_the_list_narrows_to_the_chosen_unit_and_what_holds_in_it(
    company: Company, policy: Policy, signed_in: SignIn
) -> None:
    person = signed_in(company.admin)
    for unit, shown in ((company.cockpit, True), (company.cloud, False)):
        person.post(reverse("choose-unit"), {"unit": str(unit.pk)})
        assert (b"Rules for cars</a>" in person.get(reverse("policies")).content) is shown


def test_the_list_costs_as_many_queries_for_four_policies_as_for_one(
    company: Company, policy: Policy, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person, admin = signed_in(company.admin), company.actor(company.admin)
    with django_assert_max_num_queries(14) as first:
        person.get(reverse("policies"))
    for unit in (company.root, company.cockpit, company.cloud):
        create_policy(actor=admin, unit=unit, name=unit.name, now=MOMENT, content=PLAIN)
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert person.get(reverse("policies")).content.count(b'<th scope="row">') == 4


def test_a_policy_says_who_released_it_who_may_and_which_units_have_their_own(
    company: Company, policy: Policy, signed_in: SignIn
) -> None:
    admin = company.actor(company.admin)
    own = create_policy(actor=admin, unit=company.cockpit, name="Cockpit rules", now=MOMENT, content=PLAIN)
    PolicyVersion.objects.filter(policy=own).update(editors=[])
    release_version(actor=admin, version=own.versions.get(), revision=1, now=MOMENT)
    text = signed_in(company.coordinator).get(reverse("policy", args=[policy.pk])).content.decode()
    assert "Version 1 has been in force since" in text
    assert "Admin released it." in text
    assert "1 unit below has rules of its own:" in text
    assert f'href="{reverse("policy", args=[own.pk])}"' in text
    assert "Who may release it</dt><dd>Admin" in re.sub(r"\s*\{#.*?#\}\s*|\n", "", text)


def test_lines_have_addresses_and_faults_stand_at_them(company: Company, policy: Policy, signed_in: SignIn) -> None:
    person = signed_in(company.coordinator)
    answer = person.post(reverse("edit-draft", args=[policy.pk]), sent(draft_of(policy), WRONG), follow=True)
    text = answer.content.decode()
    assert draft_of(policy).content == WRONG
    assert "Saved, with 2 faults" in text
    assert 'href="#L4"' in text
    wrong = text.partition('id="L4"')[2].partition('id="L5"')[0]
    assert "unknown key" in wrong
    assert "wenn" in wrong
    read = person.get(reverse("policy-version", args=[policy.pk, 2])).content.decode()
    assert 'class="line wrong" id="L4"' in read
    assert "2 faults" in read


def test_a_text_without_faults_leads_on_to_what_it_changes(company: Company, policy: Policy, signed_in: SignIn) -> None:
    values = sent(draft_of(policy), PLAIN.replace("\n", "\r\n"), note=" Simpler. ")
    answer = signed_in(company.coordinator).post(reverse("edit-draft", args=[policy.pk]), values)
    assert (answer.status_code, answer["Location"]) == (302, reverse("policy-draft", args=[policy.pk]))
    saved = draft_of(policy)
    assert (saved.content, saved.note, saved.revision) == (PLAIN, "Simpler.", 2)


def test_two_people_who_write_at_once_see_both_texts(company: Company, policy: Policy, signed_in: SignIn) -> None:
    mine, theirs = PLAIN + "# mine\n", PLAIN + "# theirs\n"
    opened = draft_of(policy)
    edit_draft(
        actor=company.actor(company.admin), version=opened, revision=1, content=theirs, note="Theirs.", now=LATER
    )
    person, address = signed_in(company.coordinator), reverse("edit-draft", args=[policy.pk])
    answer = person.post(address, sent(opened, mine, revision=1, note="Mine."))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "# mine\n</textarea>" in text
    assert "Mine.</textarea>" in text
    assert "<code># theirs</code>" in text
    assert draft_of(policy).content == theirs
    form = dict(re.findall(r'name="(version|revision)" value="([^"]+)"', text))
    assert person.post(address, {**form, "content": mine, "note": ""}).status_code == 302
    assert draft_of(policy).content == mine


@pytest.mark.parametrize("begun_again", [False, True])
def test_what_was_typed_outlives_a_draft_that_was_withdrawn(
    begun_again: bool, company: Company, policy: Policy, signed_in: SignIn
) -> None:
    opened, coordinator = draft_of(policy), company.actor(company.coordinator)
    withdraw_draft(actor=coordinator, version=opened, now=LATER)
    if begun_again:
        draft_version(actor=coordinator, policy=policy, now=LATER, content=WRONG)
    person, address = signed_in(company.coordinator), reverse("edit-draft", args=[policy.pk])
    mine = PLAIN + "# mine\n"
    answer = person.post(address, sent(opened, mine))
    assert answer.status_code == 409
    assert "# mine\n</textarea>" in answer.content.decode()
    if begun_again:
        assert draft_of(policy).content == WRONG
        return
    assert b'name="again"' in answer.content
    person.post(address, sent(opened, mine, again="1"))
    assert draft_of(policy).content == mine


def test_a_text_that_is_too_long_is_refused_and_stays_in_the_form(
    company: Company, policy: Policy, signed_in: SignIn
) -> None:
    long = "#" * (600 * 1024)
    answer = signed_in(company.coordinator).post(reverse("edit-draft", args=[policy.pk]), sent(draft_of(policy), long))
    assert answer.status_code == 413
    assert long in answer.content.decode()


def test_nothing_in_a_text_becomes_markup(company: Company, policy: Policy, signed_in: SignIn) -> None:
    evil = PLAIN.replace("{license}", EVIL).replace("name: Ours", f"name: {EVIL}") + f"# {EVIL} \"'</textarea>\n"
    draft = draft_of(policy)
    actor = company.actor(company.coordinator)
    draft = edit_draft(actor=actor, version=draft, revision=1, content=evil, note=EVIL, now=LATER)
    person = signed_in(company.coordinator)
    addresses = [*pages(policy), reverse("edit-draft", args=[policy.pk]), reverse("policy-draft", args=[policy.pk])]
    edit_draft(actor=actor, version=draft, revision=2, content=f"{evil}\n  {EVIL}: [\n{EVIL}: x", note=EVIL, now=LATER)
    for address in addresses:
        text = person.get(address).content.decode()
        assert "<script>alert" not in text, address
        assert not INLINE.search(text), address
    overtaken = person.post(reverse("edit-draft", args=[policy.pk]), sent(draft, evil, revision=1))
    assert overtaken.status_code == 409
    assert b"<script>alert" not in overtaken.content


def test_two_versions_are_compared_by_meaning_and_by_line(company: Company, policy: Policy, signed_in: SignIn) -> None:
    person, address = signed_in(company.colleague), reverse("policy-changes", args=[policy.pk])
    text = person.get(f"{address}?from=1&to=2").content.decode()
    assert "1 rule changed." in text
    assert "Condition" in text
    assert re.search(r'<tr class="removed">.*GPL-3.0-only', text)
    assert re.search(r'<tr class="added">.*AGPL-3.0-only', text)
    assert "The texts are the same, line by line." in person.get(f"{address}?from=2&to=2").content.decode()
    shipped = person.get(f"{address}?from=paddock&to=1").content.decode()
    assert "rules removed" in shipped
    for nonsense in ("from=9&to=1", "from=x", "from=-1", "to=1.5", "from=%00", "from=²"):
        assert person.get(f"{address}?{nonsense}").status_code == 404, nonsense


def test_meaning_says_so_when_a_text_has_faults(company: Company, policy: Policy, signed_in: SignIn) -> None:
    actor = company.actor(company.coordinator)
    edit_draft(actor=actor, version=draft_of(policy), revision=1, content=WRONG, note="", now=LATER)
    text = signed_in(company.colleague).get(reverse("policy-changes", args=[policy.pk])).content.decode()
    assert "nobody can tell what it would decide" in text
    assert "wenn" in text


@pytest.mark.parametrize(("start", "begins"), [("holds", "name: Ours"), ("paddock", "# SPDX")])
def test_a_policy_for_a_unit_starts_from_what_holds_there_or_from_what_ships(
    start: str, begins: str, company: Company, policy: Policy, signed_in: SignIn
) -> None:
    person = signed_in(company.coordinator)
    assert person.get(reverse("new-policy")).status_code == 200
    given = {"unit": "Cockpit", "name": "Cockpit rules", "start": start}
    answer = person.post(reverse("new-policy"), given)
    made = Policy.objects.get(name="Cockpit rules")
    assert answer["Location"] == reverse("edit-draft", args=[made.pk])
    assert made.versions.get().content.startswith(begins)
    taken = person.post(reverse("new-policy"), given)
    assert (taken.status_code, b"already has a policy" in taken.content) == (422, True)
    elsewhere = person.post(reverse("new-policy"), {**given, "unit": "Cloud"})
    assert elsewhere.status_code == 422


def test_a_new_version_is_drafted_from_the_one_in_force_or_from_an_older_one(
    company: Company, policy: Policy, signed_in: SignIn
) -> None:
    person, address = signed_in(company.coordinator), reverse("new-draft", args=[policy.pk])
    there = person.post(address, follow=True)
    assert b"already has a draft" in there.content
    second = release_version(actor=company.actor(company.admin), version=draft_of(policy), revision=1, now=LATER)
    person.post(address)
    assert draft_of(policy).content == second.content
    withdraw_draft(actor=company.actor(company.coordinator), version=draft_of(policy), now=LATER)
    person.post(address, {"number": "1"})
    assert draft_of(policy).content == PLAIN
    assert person.post(address, {"number": "7"}).status_code == 404


def test_a_draft_is_withdrawn_only_as_it_was_seen(company: Company, policy: Policy, signed_in: SignIn) -> None:
    person, address = signed_in(company.coordinator), reverse("withdraw-draft", args=[policy.pk])
    seen = {"version": str(draft_of(policy).pk), "revision": 1}
    assert b"cannot be had back" in person.get(address).content
    edit_draft(
        actor=company.actor(company.admin), version=draft_of(policy), revision=1, content=PLAIN, note="", now=LATER
    )
    assert person.post(address, seen).status_code == 409
    assert person.post(address, {**seen, "version": str(company.root.pk)}).status_code == 409
    assert draft_of(policy).revision == 2
    assert person.post(address, {**seen, "revision": 2}).status_code == 302
    assert not PolicyVersion.objects.filter(policy=policy, state=VersionState.DRAFT).exists()
    assert person.get(address).status_code == 404
    assert person.get(reverse("edit-draft", args=[policy.pk])).status_code == 404


def test_a_policy_without_versions_or_without_rules_in_force_says_what_holds_instead(
    company: Company, signed_in: SignIn
) -> None:
    coordinator, person = company.actor(company.coordinator), signed_in(company.coordinator)
    made = create_policy(actor=coordinator, unit=company.cars, name="Cars", now=MOMENT, content=PLAIN)
    text = person.get(reverse("policy", args=[made.pk])).content.decode()
    assert "Nothing of it is in force. In Cars the policy that ships with Paddock holds." in text
    assert "strong-copyleft" in person.get(reverse("policy-text", args=[made.pk])).content.decode()
    withdraw_draft(actor=coordinator, version=made.versions.get(), now=LATER)
    assert b"This policy has no version." in person.get(reverse("policy", args=[made.pk])).content
    assert person.get(reverse("policy-changes", args=[made.pk])).status_code == 404


def test_the_policy_that_ships_with_paddock_can_be_read_by_everybody(company: Company, signed_in: SignIn) -> None:
    text = signed_in(company.nobody).get(reverse("shipped-policy")).content.decode()
    assert 'id="L100"' in text
    assert "strong-copyleft-distributed" in text
