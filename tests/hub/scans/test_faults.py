# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bad input, two at once, and work that breaks off: a clear answer, and nothing half stored."""

import gzip
import io
import lzma
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from paddock.hub.components.models import Inventory, Usage
from paddock.hub.components.queries import changes_between, components_in, package_by_purl, packages_matching
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound
from paddock.hub.core.queue import MOST_ATTEMPTS, give_back_stalled
from paddock.hub.products.models import Release
from paddock.hub.products.queries import products_for, releases_for, releases_with
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans import services
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.scans.queries import result_of
from paddock.hub.scans.services import taking_in
from tests.hub.company import MOMENT, Company, found
from tests.hub.scans.test_intake import bom

SUITE = "conformance/cyclonedx-spec-resources.tar.xz"


def a_release(company: Company, name: str = "Navigation") -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name=name, unit=company.cockpit, now=MOMENT)
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


@pytest.fixture
def release(company: Company) -> Release:
    return a_release(company)


def hand_in(company: Company, release: Release, content: bytes, name: str = "bom.json") -> Intake:
    actor = company.actor(company.colleague)
    intake = services.hand_in_document(actor=actor, release=release, content=content, filename=name, now=MOMENT)
    services.take_in(intake_id=intake.id, now=MOMENT)
    intake.refresh_from_db()
    return intake


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


LOCK = (
    b'{"name": "radio", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "radio", "dependencies": '
    b'{"left": "1.0.0"}}, "node_modules/left": {"version": "1.0.0", "license": "MIT"}}}'
)


@pytest.mark.django_db
def test_an_archive_is_scanned_and_what_leads_out_of_it_is_refused(company: Company, release: Release) -> None:
    content = zipped({"radio/package-lock.json": LOCK, "../../etc/evil": b"x", "/absolute": b"y"})
    intake = hand_in(company, release, content, "radio.zip")
    assert (intake.kind, intake.state, intake.problems) == ("archive", "done", [])
    release.refresh_from_db()
    result = result_of(release)
    assert result is not None
    assert "pkg:npm/left@1.0.0" in {one.ref for one in result.inventory.components}
    assert any("climbs" in issue.message for issue in result.inventory.issues)


@pytest.mark.django_db
def test_an_archive_that_unpacks_without_end_ends(company: Company, release: Release) -> None:
    intake = hand_in(company, release, zipped({f"{n}.json": bytes(80 * 1024**2) for n in range(2)}), "bomb.zip")
    assert intake.state in ("done", "failed")
    assert Inventory.objects.count() == Evaluation.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", zipped({})])
def test_an_archive_that_cannot_be_read_says_so(company: Company, release: Release, content: bytes) -> None:
    intake = hand_in(company, release, content, "radio.zip")
    assert intake.state == "failed"
    assert "radio.zip" in intake.problems[0]
    assert Inventory.objects.count() == 0


@pytest.mark.django_db
def test_only_archives_are_archives(company: Company, release: Release) -> None:
    for who, error in ((company.colleague, Invalid), (company.auditor, NotAllowed), (company.stranger, NotFound)):
        with pytest.raises(error):
            services.hand_in_archive(
                actor=company.actor(who), release=release, content=bom(), filename="a.zip", now=MOMENT
            )


@pytest.mark.django_db
def test_a_packed_document_that_grows_without_end_is_refused(company: Company, release: Release) -> None:
    for content in (gzip.compress(bytes(100 * 1024**2)), lzma.compress(bytes(100 * 1024**2))):
        with pytest.raises(Invalid):
            hand_in(company, release, content, "bom.json.gz")
    assert Inventory.objects.count() == 0


@pytest.mark.django_db
def test_what_documents_leave_out_or_say_twice_does_not_stop_them(company: Company, release: Release) -> None:
    nameless = {"type": "library", "name": "no purl", "version": "1"}
    twice = {"type": "library", "name": "left", "version": "1.0.0", "purl": "pkg:npm/left@1.0.0"}
    hand_in(company, release, bom(components=[nameless, {**twice, "bom-ref": "a"}, {**twice, "bom-ref": "b"}]))
    assert Usage.objects.filter(component__purl="pkg:npm/left@1.0.0").count() == 1
    with pytest.raises(Invalid, match="bom-ref"):
        hand_in(company, release, bom(components=[{**twice, "bom-ref": "a"}, {**nameless, "bom-ref": "a"}]))


@pytest.mark.django_db
def test_fifty_thousand_components_take_as_many_statements_as_one(
    company: Company, release: Release, django_assert_max_num_queries: Any
) -> None:
    many = bom(*((f"part-{number}", "1.0.0", "MIT") for number in range(50_000)))
    actor = company.actor(company.colleague)
    intake = services.hand_in_document(actor=actor, release=release, content=many, filename="a.json", now=MOMENT)
    with django_assert_max_num_queries(40):
        services.take_in(intake_id=intake.id, now=MOMENT)
    assert Usage.objects.count() == 50_000


def invalid_documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(folder / SUITE) as suite:
        for member in suite:
            name = member.name.rpartition("/")[2]
            if name.startswith("invalid-") and name.endswith((".json", ".xml")) and member.isfile():
                opened = suite.extractfile(member)
                assert opened is not None
                yield member.name, opened.read()


@pytest.mark.django_db
def test_every_invalid_document_of_the_format_s_own_suite_is_refused_with_its_place(
    company: Company, release: Release, shared_data: Path
) -> None:
    count = 0
    for name, content in invalid_documents(shared_data):
        with pytest.raises(Invalid) as caught:
            hand_in(company, release, content, name)
        assert caught.value.errors, name
        count += 1
    assert count > 100
    assert (Inventory.objects.count(), Intake.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("suite", "part"), [("spdx-tools-java-resources", "BadJSON.spdx.json"), ("spdx-tools-python-fixtures", "/invalid/")]
)
def test_invalid_spdx_documents_of_other_tools_are_refused_with_their_place(
    company: Company, release: Release, shared_data: Path, suite: str, part: str
) -> None:
    with tarfile.open(shared_data / "conformance" / f"{suite}.tar.xz") as opened:
        found = [opened.extractfile(member) for member in opened if part in member.name and member.isfile()]
        contents = [file.read() for file in found if file is not None]
    assert contents
    for content in contents:
        with pytest.raises(Invalid) as caught:
            hand_in(company, release, content, "sbom.spdx.json")
        assert caught.value.errors
    assert (Inventory.objects.count(), Intake.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_has_changed_and_who_ships_it(company: Company, release: Release) -> None:
    first = hand_in(company, release, bom(("a", "1", "MIT"), ("b", "1", "MIT"), ("c", "1", "MIT"))).inventory
    second = hand_in(company, release, bom(("a", "1", "MIT"), ("b", "2", "MIT"), ("d", "1", "MIT"))).inventory
    assert first is not None
    assert second is not None
    changes = changes_between(first, second)
    assert changes.added == ("pkg:npm/d@1",)
    assert changes.removed == ("pkg:npm/c@1",)
    assert changes.updated == (("pkg:npm/b@1", "pkg:npm/b@2"),)
    b = package_by_purl("pkg:npm/b")
    ships = [releases_with(company.actor(who), b).count() for who in (company.owner, company.stranger)]
    assert ships == [1, 0]
    assert releases_with(company.actor(company.owner), b, versions="<2").count() == 0


@pytest.mark.django_db
def test_a_verdict_that_repeats_the_last_one_is_not_stored_again(company: Company, release: Release) -> None:
    hand_in(company, release, bom(("a", "1", "MIT")))
    again = services.evaluate_release(release_id=release.id, now=MOMENT)
    assert again == Evaluation.objects.get()


@pytest.mark.django_db
def test_what_no_worker_will_come_back_to_is_told_as_failed(company: Company, release: Release) -> None:
    actor = company.actor(company.colleague)
    intake = services.hand_in_document(
        actor=actor, release=release, content=bom(("a", "1", "MIT")), filename="a.json", now=MOMENT
    )
    later = MOMENT.replace(hour=10)
    assert services.fail_abandoned(now=later) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [intake.job_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [intake.job_id])
    assert services.fail_abandoned(now=later) == 1
    intake.refresh_from_db()
    assert intake.state == "failed"
    assert "Hand it in again" in intake.problems[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("attempts", "status"), [(0, "todo"), (MOST_ATTEMPTS - 1, "failed")])
def test_what_a_vanished_worker_had_begun_is_begun_anew_but_not_for_ever(attempts: int, status: str) -> None:
    company = found()
    actor = company.actor(company.colleague)
    intake = services.hand_in_document(
        actor=actor, release=a_release(company), content=bom(("a", "1", "MIT")), filename="a.json", now=MOMENT
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '31 s') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, intake.job_id],
        )
    assert async_to_sync(give_back_stalled)() == 1
    assert ProcrastinateJob.objects.get(pk=intake.job_id).status == status
    assert async_to_sync(give_back_stalled)() == 0


def at_once(*calls: Callable[[], object]) -> list[BaseException]:
    """Run all at the same moment, each with a connection of its own; what they raised."""
    start, errors = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            start.wait()
            call()
        except BaseException as error:  # noqa: BLE001 # handed to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_two_uploads_for_one_release_at_once_and_many_that_share_packages() -> None:
    company = found()
    actor = company.actor(company.colleague)
    one = a_release(company)
    shared = [(f"part-{number}", "1.0.0", "MIT") for number in range(300)]
    intakes: list[Intake] = []

    def upload(release: Release, content: bytes) -> Callable[[], object]:
        return lambda: intakes.append(
            services.hand_in_document(actor=actor, release=release, content=content, filename="a.json", now=MOMENT)
        )

    same = bom(*shared)
    assert at_once(upload(one, same), upload(one, same)) == []
    assert len({intake.id for intake in intakes}) == 1
    others = [a_release(company, f"Product {number}") for number in range(3)]
    for number, release in enumerate((one, *others)):
        upload(release, bom(*reversed(shared), (f"own-{number}", "1", "MIT")))()
    # Without the queue's lock, as if a worker that was given up had come back.
    assert at_once(*((lambda i=i: services.take_in(intake_id=i, now=MOMENT)) for i in {i.id for i in intakes})) == []
    assert set(Intake.objects.values_list("state", flat=True)) == {"done"}
    current = Inventory.objects.filter(current=True)
    assert current.count() == 4
    assert set(Usage.objects.values_list("inventory_id", flat=True)) == set(
        Release.objects.values_list("inventory_id", flat=True)
    )
    intake = intakes[0].id
    assert at_once(*[lambda: services.take_in(intake_id=intake, now=MOMENT)] * 3) == []
    assert Evaluation.objects.count() == len({i.id for i in intakes})


@pytest.mark.django_db
def test_an_upload_that_is_cancelled_while_it_is_read_stores_nothing(
    company: Company, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = company.actor(company.colleague)
    monkeypatch.setattr(taking_in.Heartbeat, "PAUSE", 0.0)
    read = taking_in.read_archive

    def cancelled_meanwhile(*given: Any, **named: Any) -> Any:
        services.cancel_intake(actor=actor, intake=Intake.objects.get(), now=MOMENT)
        return read(*given, **named)

    monkeypatch.setattr(taking_in, "read_archive", cancelled_meanwhile)
    intake = hand_in(company, release, zipped({"package-lock.json": LOCK}), "radio.zip")
    assert (intake.state, intake.inventory, Inventory.objects.count()) == ("cancelled", None, 0)


@pytest.mark.django_db
def test_other_advisories_ask_for_new_verdicts_once(
    company: Company, release: Release, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(company, release, bom(("a", "1", "MIT")))
    assert services.decide_for_new_advisories(now=MOMENT) == 0
    settings.ADVISORY_DATABASE = tmp_path / "advisories"
    settings.ADVISORY_DATABASE.touch()
    opened = MagicMock()
    monkeypatch.setattr("paddock.hub.scans.services.deciding.AdvisoryDatabase", opened)
    for day, asked in ((1, 1), (1, 0), (2, 1)):
        opened.return_value.__enter__.return_value.data.return_value.updated = MOMENT.replace(day=day)
        assert services.decide_for_new_advisories(now=MOMENT) == asked
    jobs = ProcrastinateJob.objects.filter(task_name="scans.evaluate")
    assert set(jobs.values_list("queue_name", "priority")) == {("batch", 0)}


@pytest.mark.django_db
def test_questions_about_the_portfolio_cost_the_same_few_statements_for_any_number_of_rows(
    company: Company, django_assert_num_queries: Any
) -> None:
    content = bom(("a", "1", "MIT"), ("b", "1", "MIT"))
    for number in range(4):
        hand_in(company, a_release(company, f"Product {number}"), content)
    actor = company.actor(company.owner)
    with django_assert_num_queries(2):
        releases = list(releases_with(actor, package_by_purl("pkg:npm/a"), versions="<2"))
        assert {release.product.unit.name for release in releases} == {"Cockpit"}
    with django_assert_num_queries(2):
        assert {product.unit.name for product in products_for(actor)} == {"Cockpit"}
        assert {release.product.unit.name for release in releases_for(actor)} == {"Cockpit"}
    assert releases[0].inventory_id is not None
    with django_assert_num_queries(2):
        assert {usage.component.package.name for usage in components_in(releases[0].inventory_id)} == {"a", "b"}
        assert len(packages_matching("a")) == 1


@pytest.mark.django_db
def test_handing_in_takes_few_statements(
    company: Company, release: Release, django_assert_max_num_queries: Any
) -> None:
    actor, content = company.actor(company.colleague), bom(("a", "1", "MIT"))
    for most in (16, 8):
        with django_assert_max_num_queries(most):
            services.hand_in_document(actor=actor, release=release, content=content, filename="a.json", now=MOMENT)
