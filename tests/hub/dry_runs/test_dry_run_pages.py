# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of drafts, dry runs and releases of policies: what is known before something is put in force."""

import re
from typing import Any

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import create_person, grant_role
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import system
from paddock.hub.dry_runs.models import Change, DryRun
from paddock.hub.dry_runs.services import request_dry_run, try_slice
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.services import edit_draft, release_version
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn
from tests.hub.dry_runs.test_dry_run import RULES, draft, release, released, run_through

__all__ = ["draft"]

INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
WRONG = "name: Ours\nrules:\n  - id: x\n    wenn: 'true'\n    message: m\n"


def officer(company: Company, name: str) -> Person:
    """Somebody who may write and release policies everywhere."""
    by = system("tests")
    person = create_person(actor=by, email=f"{name}@halden.example", name=name, unit=company.root, now=MOMENT)
    grant_role(actor=by, person=person, role=Role.COMPLIANCE_OFFICER, unit=company.root, now=MOMENT)
    return person


def address(name: str, draft: PolicyVersion) -> str:
    return reverse(name, args=[draft.policy_id])


def looked_at(draft: PolicyVersion) -> dict[str, Any]:
    return {"version": str(draft.pk), "revision": draft.revision}


def plain(answer: Any) -> str:
    """What people read on a page."""
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())


def test_a_draft_that_was_not_tried_says_so_and_offers_it(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    writer, reader = signed_in(company.coordinator), signed_in(company.colleague)
    text = writer.get(address("policy-draft", draft)).content.decode()
    assert "It was not tried yet." in text
    assert "Try it on all releases" in text
    assert "1 rule changed." in text
    assert not INLINE.search(text)
    read = reader.get(address("policy-draft", draft)).content.decode()
    assert "Try it on all releases" not in read
    assert signed_in(company.stranger).get(address("policy-draft", draft)).status_code == 404


def test_a_dry_run_is_started_shows_how_far_it_is_and_is_stopped(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    release(company, company.cars, "Here", "Apache-2.0")
    person = signed_in(company.coordinator)
    going = person.post(address("try-draft", draft), follow=True).content.decode()
    dry_run = DryRun.objects.get()
    part = reverse("dry-run-progress", args=[dry_run.pk])
    assert f'hx-get="{part}"' in going
    assert "waits for a worker" in going
    asked = person.get(part)
    assert ("HX-Refresh" in asked, b"hx-trigger" in asked.content) == (False, True)
    assert b"which is unusual" not in asked.content
    DryRun.objects.update(created_at=MOMENT)
    assert b"which is unusual" in person.get(part).content
    assert signed_in(company.colleague).post(reverse("stop-dry-run", args=[dry_run.pk])).status_code == 403
    stopped = person.post(reverse("stop-dry-run", args=[dry_run.pk]), follow=True)
    assert "Stopped before it was through" in plain(stopped)
    assert person.get(part)["HX-Refresh"] == "true"
    again = person.post(reverse("stop-dry-run", args=[dry_run.pk]), follow=True)
    assert "It had ended already." in plain(again)


def test_every_number_of_the_result_leads_to_the_list_that_it_counts(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    bad = release(company, company.cockpit, "Bad", "Apache-2.0")
    release(company, company.cars, "Worse", "Apache-2.0", "MIT")
    release(company, company.cars, "Good", "MPL-2.0")
    release(company, company.cars, "Both", "MPL-2.0", "Apache-2.0")
    release(company, company.cars, "Same", "MIT")
    release(company, company.cars, "Empty")
    dry_run = run_through(company, draft)
    person = signed_in(company.coordinator)
    page = person.get(reverse("dry-run", args=[dry_run.pk]))
    text = page.content.decode()
    assert (
        "2 releases would turn not compliant, 1 release would turn compliant, 1 release keeps its verdict for other "
        "causes." in plain(page)
    )
    assert "5 releases were looked at. About one more it can say nothing, because nothing was handed in." in plain(page)
    assert "revision 1" in text
    assert "That is the text as it is now." in text
    assert not INLINE.search(text)
    for turn, names in (("not+compliant", {"Bad", "Worse"}), ("compliant", {"Good"}), ("causes", {"Both"})):
        link = f"{reverse('dry-run', args=[dry_run.pk])}?turn={turn}"
        assert f'href="{link}"' in text
        assert rows(person.get(link)) == {f"{name} 1.0" for name in names}
    for known, names in (("yes", {"Bad", "Worse", "Good", "Both", "Same"}), ("no", {"Empty"})):
        link = f"{address('policy-releases', draft)}?known={known}"
        assert f'href="{link}"' in text
        assert rows(person.get(link)) == {f"{name} 1.0" for name in names}
    assert f'href="{reverse("release", args=[bad.pk])}"' in text
    assert "<summary>1 cause came, 1 went</summary>" in text
    assert "Replace it." in text
    exported = person.get(f"{reverse('dry-run', args=[dry_run.pk])}?export=csv").getvalue().decode()
    assert "Came: Apache-2.0 is not wanted; Went: MPL-2.0 is not wanted" in exported
    assert "<" not in exported


def rows(answer: Any) -> set[str]:
    return set(re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', answer.content.decode()))


def test_people_see_the_releases_of_their_units_only(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    release(company, company.cars, "Elsewhere", "Apache-2.0")
    release(company, company.cockpit, "Ours", "Apache-2.0")
    dry_run = run_through(company, draft)
    page = signed_in(company.owner).get(reverse("dry-run", args=[dry_run.pk]))
    assert rows(page) == {"Ours 1.0"}
    assert "1 release would turn not compliant." in plain(page)
    assert "You see the releases of your units only" in plain(page)
    for name in ("dry-run", "dry-run-progress"):
        assert signed_in(company.stranger).get(reverse(name, args=[dry_run.pk])).status_code == 404
    assert signed_in(company.stranger).post(reverse("stop-dry-run", args=[dry_run.pk])).status_code == 404


def test_a_dry_run_says_when_the_draft_moved_on(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    release(company, company.cars, "Here", "Apache-2.0")
    dry_run = run_through(company, draft)
    actor, person = company.actor(company.coordinator), signed_in(company.coordinator)
    moved = edit_draft(actor=actor, version=draft, revision=1, content=RULES.format(license="MIT"), note="", now=MOMENT)
    for page in (person.get(address("policy-draft", draft)), person.get(reverse("dry-run", args=[dry_run.pk]))):
        assert "The draft was saved once since with another text." in plain(page)
    assert "No dry run says what this very text would change" in plain(
        signed_in(company.admin).get(address("release-draft", draft))
    )
    edit_draft(actor=actor, version=moved, revision=2, content=dry_run.content, note="", now=MOMENT)
    back = plain(person.get(address("policy-draft", draft)))
    assert "That is the text as it is now." in back


def test_a_dry_run_says_when_other_rules_are_in_force_by_now(company: Company, signed_in: SignIn) -> None:
    released(company, company.root, "MPL-2.0")
    admin = company.actor(company.admin)
    person = signed_in(company.coordinator)
    person.post(reverse("new-policy"), {"unit": "Cars", "name": "Cars", "start": "holds"})
    first = PolicyVersion.objects.get(policy__name="Cars")
    dry_run = run_through(company, first)
    assert dry_run.compared_with is not None
    assert "Other rules are in force" not in plain(person.get(address("policy-draft", first)))
    PolicyVersion.objects.filter(pk=dry_run.compared_with_id).update(state="replaced")
    assert "Other rules are in force" in plain(person.get(address("policy-draft", first)))
    assert admin.person_id is not None


def test_a_text_with_faults_is_neither_tried_nor_released(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    actor = company.actor(company.coordinator)
    wrong = edit_draft(actor=actor, version=draft, revision=1, content=WRONG, note="", now=MOMENT)
    person = signed_in(company.coordinator)
    text = person.get(address("policy-draft", draft)).content.decode()
    assert 'href="#L4"' in text
    assert "Try it on all releases" not in text
    assert "has faults" in plain(person.post(address("try-draft", draft), follow=True))
    admin = signed_in(company.admin)
    assert "so it cannot decide anything" in plain(admin.get(address("release-draft", draft)))
    answer = admin.post(address("release-draft", draft), looked_at(wrong))
    assert (answer.status_code, b"policy.yml:4" in answer.content) == (422, True)


def test_a_draft_is_released_by_somebody_who_saw_what_it_touches(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    release(company, company.cars, "Here", "Apache-2.0")
    released(company, company.cockpit, "MIT")
    person = signed_in(company.admin)
    page = person.get(address("release-draft", draft))
    text = page.content.decode()
    assert "No dry run says what this very text would change" in plain(page)
    assert "Version 2 holds in Cars from now on, in place of version 1 of Cars." in plain(page)
    assert "1 release is judged anew" in plain(page)
    assert "These units below keep rules of their own: Cockpit" in plain(page)
    assert not INLINE.search(text)
    answer = person.post(address("release-draft", draft), looked_at(draft), follow=True)
    assert "Version 2 is in force." in plain(answer)
    draft.refresh_from_db()
    assert (draft.state, draft.released_by) == ("released", company.admin)
    assert person.get(address("release-draft", draft)).status_code == 404
    assert person.get(address("policy-draft", draft)).status_code == 404


def test_what_was_not_looked_at_is_not_released(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    seen = looked_at(draft)
    actor = company.actor(company.coordinator)
    edit_draft(actor=actor, version=draft, revision=1, content=RULES.format(license="MIT"), note="", now=MOMENT)
    person = signed_in(company.admin)
    answer = person.post(address("release-draft", draft), seen)
    assert (answer.status_code, "It was not released" in plain(answer)) == (409, True)
    assert 'name="revision" value="2"' in answer.content.decode()
    other = person.post(address("release-draft", draft), {**seen, "version": str(company.root.pk)})
    assert other.status_code == 409
    assert person.post(address("release-draft", draft), {"version": "x"}).status_code == 200
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_whoever_wrote_in_a_draft_is_told_who_else_may_release_it(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    writer, other = officer(company, "Wilma"), officer(company, "Otto")
    saved = edit_draft(
        actor=company.actor(writer), version=draft, revision=1, content=draft.content, note="Mine.", now=MOMENT
    )
    person = signed_in(writer)
    page = plain(person.get(address("release-draft", draft)))
    assert "You wrote in this draft, so that somebody else has to release it." in page
    assert "Who may: Admin, Otto" in page
    assert "Release version 2 for Cars" not in page
    assert "You wrote in it" in plain(person.get(address("policy-draft", draft)))
    refused = person.post(address("release-draft", draft), looked_at(saved))
    assert (refused.status_code, "second pair of eyes" in plain(refused)) == (403, True)
    assert signed_in(other).post(address("release-draft", draft), looked_at(saved)).status_code == 302


def test_only_who_may_release_sees_these_pages(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    for name in ("release-draft", "retire-policy"):
        for person, status in ((company.coordinator, 403), (company.stranger, 404)):
            client = signed_in(person)
            assert client.get(address(name, draft)).status_code == status
            assert client.post(address(name, draft), looked_at(draft)).status_code == status
    assert signed_in(company.colleague).post(address("try-draft", draft)).status_code == 403
    assert signed_in(company.stranger).post(address("try-draft", draft)).status_code == 404


def test_a_unit_gives_its_own_rules_up_for_those_from_above(
    company: Company, draft: PolicyVersion, signed_in: SignIn
) -> None:
    release(company, company.cars, "Here", "MPL-2.0")
    person, page = signed_in(company.admin), address("retire-policy", draft)
    shown = person.get(page)
    assert "From now on Cars follows the rules from above: the policy that ships with Paddock." in plain(shown)
    assert "1 release is judged anew" in plain(shown)
    assert "The draft is kept." in plain(shown)
    assert not INLINE.search(shown.content.decode())
    assert person.post(page, {"version": str(draft.pk)}).status_code == 409
    current = PolicyVersion.objects.get(policy=draft.policy, state="released")
    assert "These rules have ended." in plain(person.post(page, {"version": str(current.pk)}, follow=True))
    assert person.get(page).status_code == 409
    whole = released(company, company.root, "MIT")
    assert person.get(reverse("retire-policy", args=[whole.pk])).status_code == 403
    text = plain(person.get(reverse("policy", args=[draft.policy_id])))
    assert "Nothing of it is in force. In Cars version 1 of Halden Mobility holds." in text


def test_texts_of_rules_are_not_markup_in_results(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    release(company, company.cars, "Here", "Apache-2.0")
    evil = RULES.format(license="Apache-2.0").replace("is not wanted", "<script>alert(1)</script>")
    evil = evil.replace("Because.", "<img src=x onerror=alert(1)>")
    edit_draft(actor=company.actor(company.coordinator), version=draft, revision=1, content=evil, note="", now=MOMENT)
    draft.refresh_from_db()
    dry_run = run_through(company, draft)
    text = signed_in(company.coordinator).get(reverse("dry-run", args=[dry_run.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert "<img" not in text


def test_the_result_costs_as_many_queries_for_five_releases_as_for_one(
    company: Company, draft: PolicyVersion, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = signed_in(company.coordinator)
    release(company, company.cars, "First", "Apache-2.0")
    first = run_through(company, draft)
    with django_assert_max_num_queries(14) as captured:
        person.get(reverse("dry-run", args=[first.pk]))
    for number in range(4):
        release(company, company.cars, f"Product {number}", "Apache-2.0")
    second = run_through(company, draft)
    with django_assert_max_num_queries(len(captured.captured_queries)):
        assert len(rows(person.get(reverse("dry-run", args=[second.pk])))) == 5
    assert Change.objects.count() == 6


def test_a_dry_run_stays_readable_after_the_release(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    release(company, company.cars, "Here", "Apache-2.0")
    dry_run = run_through(company, draft)
    release_version(actor=company.actor(company.admin), version=draft, revision=1, now=MOMENT)
    page = plain(signed_in(company.colleague).get(reverse("dry-run", args=[dry_run.pk])))
    assert "What this version would have changed" in page
    assert "Other rules are in force" not in page


def test_earlier_dry_runs_are_listed_on_the_draft(company: Company, draft: PolicyVersion, signed_in: SignIn) -> None:
    first = run_through(company, draft)
    second = request_dry_run(actor=company.actor(company.coordinator), version=draft, now=MOMENT.replace(hour=11))
    try_slice(dry_run_id=second.pk, now=MOMENT)
    text = signed_in(company.coordinator).get(address("policy-draft", draft)).content.decode()
    assert "Earlier dry runs" in text
    assert reverse("dry-run", args=[first.pk]) in text
    assert Policy.objects.count() == 1
