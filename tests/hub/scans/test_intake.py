# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From something handed in to a verdict."""

import json
from typing import Any

import pytest

from paddock.hub.components.models import Component, Inventory, Package, Usage
from paddock.hub.components.queries import package_by_purl, packages_matching, usages_of
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound, TooLarge
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.scans.services import cancel_intake, hand_in_document, take_in
from tests.hub.company import MOMENT, Company

pytestmark = pytest.mark.django_db


def bom(*components: tuple[str, str, str], **more: Any) -> bytes:
    """A CycloneDX document of (name, version, licence) in npm."""
    listed = [
        {
            "type": "library",
            "bom-ref": f"{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name}@{version}",
            "licenses": [{"license": {"id": license}}],
        }
        for name, version, license in components
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"type": "application", "bom-ref": "shop", "name": "shop"}},
        "components": listed,
        "dependencies": [{"ref": "shop", "dependsOn": [part["bom-ref"] for part in listed]}],
        **more,
    }
    return json.dumps(document).encode()


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Navigation", unit=company.cockpit, now=MOMENT, distribution="embedded")
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


def hand_in(company: Company, release: Release, content: bytes, name: str = "bom.cdx.json") -> Intake:
    intake = hand_in_document(
        actor=company.actor(company.colleague), release=release, content=content, filename=name, now=MOMENT
    )
    take_in(intake_id=intake.id, now=MOMENT)
    intake.refresh_from_db()
    return intake


def test_a_document_becomes_components_usages_and_a_verdict(company: Company, release: Release) -> None:
    intake = hand_in(company, release, bom(("left", "1.0.0", "MIT"), ("copied", "2.1.0", "GPL-3.0-only")))
    release.refresh_from_db()
    assert intake.state == "done"
    assert (release.outcome, release.component_count) == ("not compliant", 2)
    assert release.violations >= 1
    evaluation = Evaluation.objects.get()
    assert any(reason["ref"] == "pkg:npm/copied@2.1.0" for reason in evaluation.reasons)
    assert {usage.license for usage in Usage.objects.all()} == {"MIT", "GPL-3.0-only"}
    assert {usage.direct for usage in Usage.objects.all()} == {True}


def test_the_same_bytes_again_change_nothing(company: Company, release: Release) -> None:
    content = bom(("left", "1.0.0", "MIT"))
    first = hand_in(company, release, content)
    again = hand_in(company, release, content)
    assert again.id == first.id
    assert (Inventory.objects.count(), Evaluation.objects.count(), Usage.objects.count()) == (1, 1, 1)


def test_a_worker_that_runs_twice_does_nothing_the_second_time(company: Company, release: Release) -> None:
    intake = hand_in(company, release, bom(("left", "1.0.0", "MIT")))
    take_in(intake_id=intake.id, now=MOMENT)
    assert Evaluation.objects.count() == 1


def test_a_new_inventory_takes_the_place_of_the_old_one(company: Company, release: Release) -> None:
    hand_in(company, release, bom(("left", "1.0.0", "MIT"), ("right", "1.0.0", "MIT")))
    hand_in(company, release, bom(("left", "1.1.0", "MIT")))
    release.refresh_from_db()
    assert {usage.component.purl for usage in Usage.objects.select_related("component")} == {"pkg:npm/left@1.1.0"}
    assert Inventory.objects.filter(current=True).get() == release.inventory
    assert Component.objects.filter(package__name="left").count() == 2


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "empty"),
        (b"{", "document"),
        (b"\x00\x01", "document"),
        (b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": 3}', "components"),
        (bom(("left", "1", "No-Such-Licence")), "licenses"),
        (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&b;</bom>',
            "",
        ),
    ],
)
def test_what_is_not_valid_is_refused_with_the_place_and_nothing_is_kept(
    company: Company, release: Release, content: bytes, place: str
) -> None:
    with pytest.raises(Invalid) as caught:
        hand_in(company, release, content)
    assert caught.value.errors
    assert place in str(caught.value)
    assert (Intake.objects.count(), Inventory.objects.count()) == (0, 0)


def test_too_much_is_refused(company: Company, release: Release, settings: Any) -> None:
    settings.MAX_UPLOAD = 100
    with pytest.raises(TooLarge):
        hand_in(company, release, bom(("left", "1.0.0", "MIT")))


def test_whoever_may_not_hand_in_cannot_and_strangers_see_no_release(company: Company, release: Release) -> None:
    for person, error in ((company.auditor, NotAllowed), (company.stranger, NotFound)):
        with pytest.raises(error):
            hand_in_document(
                actor=company.actor(person), release=release, content=bom(), filename="bom.json", now=MOMENT
            )


def test_a_cancelled_intake_stores_nothing(company: Company, release: Release) -> None:
    actor = company.actor(company.colleague)
    intake = hand_in_document(
        actor=actor, release=release, content=bom(("left", "1", "MIT")), filename="bom.json", now=MOMENT
    )
    cancel_intake(actor=actor, intake=intake, now=MOMENT)
    take_in(intake_id=intake.id, now=MOMENT)
    assert Inventory.objects.count() == 0


def test_packages_are_found_by_the_beginnings_of_words_and_versions_by_range(
    company: Company, release: Release
) -> None:
    hand_in(
        company, release, bom(("left-pad", "1.0.0", "MIT"), ("left-pad", "1.3.0", "MIT"), ("right", "2.0.0", "MIT"))
    )
    assert [package.purl for package in packages_matching("le pa")] == ["pkg:npm/left-pad"]
    assert list(packages_matching("%'; --")) == []
    package = package_by_purl("pkg:npm/left-pad@1.0.0")
    assert {usage.component.version for usage in usages_of(package, versions="<1.2")} == {"1.0.0"}
    assert usages_of(package).count() == 2
    with pytest.raises(NotFound):
        package_by_purl("pkg:npm/nowhere")


def test_the_work_does_not_grow_in_statements(
    company: Company, release: Release, django_assert_max_num_queries: Any
) -> None:
    many = bom(*((f"part-{number}", "1.0.0", "MIT") for number in range(400)))
    intake = hand_in_document(
        actor=company.actor(company.colleague), release=release, content=many, filename="bom.json", now=MOMENT
    )
    with django_assert_max_num_queries(40):
        take_in(intake_id=intake.id, now=MOMENT)
    assert Package.objects.count() == 400
