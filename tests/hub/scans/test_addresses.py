# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which addresses the hub asks, and how a repository is fetched."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from paddock.hub.components.queries import components_in
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.addresses import Address, AddressRefused, check_revision, checked
from paddock.hub.scans.models import Intake
from paddock.hub.scans.repositories import Limits, NotFetched, fetch_repository
from paddock.hub.scans.services import hand_in_repository, take_in
from tests.hub.company import MOMENT, Company

PUBLIC = "93.184.215.14"


def ask(url: str, addresses: tuple[str, ...] = (PUBLIC,), private: tuple[str, ...] = ()) -> Address:
    return checked(url, allowed=("git.example",), private=private, resolve=lambda *_: addresses)


def test_an_allowed_host_is_asked_at_the_address_that_was_looked_at() -> None:
    assert ask("https://git.example/group/radio.git") == Address(
        "https://git.example/group/radio.git", "git.example", PUBLIC
    )
    assert ask("https://GIT.example/group/radio.git").name == "radio"


@pytest.mark.parametrize(
    "url",
    [
        "http://git.example/a", "git://git.example/a", "ssh://git.example/a", "file:///etc/passwd", "ext::sh -c id",
        "https://other.example/a", "https://git.example.evil.example/a", "https://git.example@evil.example/a",
        "https://me:secret@git.example/a", "https://git.example:22/a", "https://git.example:x/a", "https://git.example",
        "https://git.example/a?b=c", "https://git.example/a#b", "https://git.example/a b", "https://[::1]/a",
        "https://127.0.0.1/a", "https://git.example\\@evil.example/a", "--upload-pack=id", "", "https://git.example/a\nb",
        "https://" + "a" * 600,
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        ask(url)


@pytest.mark.parametrize(
    "network",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104 # refused
     "100.64.0.1", "::1", "fe80::1%eth0",
     "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_names_that_lead_into_the_company_are_refused_unless_that_is_meant(network: str) -> None:
    with pytest.raises(AddressRefused):
        ask("https://git.example/a", (PUBLIC, network))
    assert ask("https://git.example/a", (network,), private=("git.example",)).host == "git.example"


def test_why_is_told_in_the_readers_language_and_kept_in_english() -> None:
    with translation.override("de"), pytest.raises(AddressRefused) as refused:
        ask("https://other.example/a")
    assert str(refused.value).startswith("The hub may not ask other.example.")
    with translation.override("de"):
        assert refused.value.told.startswith("Der Hub darf other.example nicht abfragen.")


@pytest.mark.parametrize("revision", ["--upload-pack=id", "-x", "a..b", "a b", "a:b", "x" * 201, "a\nb", "^a", "@{1}"])
def test_revisions_that_git_could_take_for_more_are_refused(revision: str) -> None:
    with pytest.raises(AddressRefused):
        check_revision(revision)
    assert check_revision("feature/a-b_1.0+2") == "feature/a-b_1.0+2"


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a hook, a filter, a link and a submodule, none of which may do anything."""
    place = tmp_path / "origin"
    place.mkdir()
    (place / "package-lock.json").write_text(
        '{"name": "radio", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "radio", '
        '"dependencies": {"left": "1.0.0"}}, "node_modules/left": {"version": "1.0.0", "license": "MIT"}}}'
    )
    (place / "package.json").write_text('{"name": "radio", "version": "1.0.0", "dependencies": {"left": "1.0.0"}}')
    (place / ".gitattributes").write_text("*.json filter=evil\n")
    (place / ".gitmodules").write_text(f'[submodule "a"]\n\tpath = a\n\turl = {place}\n')
    (place / "passwords").symlink_to("/etc/passwd")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=Tests", "-c", "user.email=tests@halden.example")
    for command in (("init", "-q", "-b", "main"), ("add", "."), (*identity, "commit", "-qm", "First"),
                    ("tag", "v1"), (*identity, "commit", "-qm", "Second", "--allow-empty")):  # fmt: skip
        subprocess.run(["git", *command], cwd=place, env=environment, check=True)
    return place


def fetch(origin: Path, into: Path, **more: Any) -> str:
    into.mkdir()
    return fetch_repository(Address(f"file://{origin}", "localhost", "127.0.0.1"), more.pop("revision", ""), into,
                            protocol="file", **more)  # fmt: skip


def test_one_revision_is_fetched_without_history_links_or_anything_run(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "was-run"
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[filter "evil"]\n\tsmudge = touch {mark}\n[core]\n\tfsmonitor = touch {mark}\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    commit = fetch(origin, tmp_path / "one", revision="v1")
    assert len(commit) == 40
    assert (tmp_path / "one" / "package-lock.json").exists()
    assert not (tmp_path / "one" / "passwords").is_symlink()
    assert (tmp_path / "one" / "passwords").read_text() == "/etc/passwd"
    assert (tmp_path / "one" / ".git" / "shallow").exists()
    assert not mark.exists()
    assert not list((tmp_path / "one" / ".git").glob("hooks/*"))


@pytest.mark.parametrize("limits", [Limits(files=2), Limits(content=50)])
def test_revisions_beyond_the_bounds_are_not_unpacked(origin: Path, tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(NotFetched, match="at most"):
        fetch(origin, tmp_path / "one", limits=limits)
    assert [path.name for path in (tmp_path / "one").iterdir()] == [".git"]


def test_what_is_not_there_is_said_and_other_protocols_are_not_spoken(origin: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="nowhere"):
        fetch(origin, tmp_path / "one", revision="nowhere")
    (tmp_path / "two").mkdir()
    with pytest.raises(NotFetched, match="not allowed"):
        fetch_repository(Address(f"file://{origin}", "localhost", "127.0.0.1"), "", tmp_path / "two")


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio", unit=company.cockpit, now=MOMENT)
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


@pytest.mark.django_db
def test_a_repository_is_scanned_by_a_worker(
    company: Company, release: Release, origin: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOWED_GIT_HOSTS = ("git.example",)
    local = Address(f"file://{origin}", "localhost", "127.0.0.1")
    where = "paddock.hub.scans.services.taking_in"
    monkeypatch.setattr(f"{where}.checked", lambda *_, **__: local)
    monkeypatch.setattr(
        f"{where}.fetch_repository", lambda *given, watch: fetch_repository(*given, watch=watch, protocol="file")
    )
    actor = company.actor(company.colleague)
    url = "https://git.example/radio.git"
    intake = hand_in_repository(actor=actor, release=release, url=url, revision="v1", now=MOMENT)
    assert hand_in_repository(actor=actor, release=release, url=url, revision="v1", now=MOMENT).id == intake.id
    take_in(intake_id=intake.id, now=MOMENT)
    intake.refresh_from_db()
    release.refresh_from_db()
    assert (intake.state, intake.problems) == ("done", [])
    assert "pkg:npm/left@1.0.0" in {usage.component.purl for usage in components_in(release.inventory.pk)}
    assert any("Fetched commit" in text for _, text in intake.log)


@pytest.mark.django_db
def test_who_may_have_repositories_scanned_and_which(company: Company, release: Release, settings: Any) -> None:
    settings.ALLOWED_GIT_HOSTS = ("git.example",)
    for who, url, error in (
        (company.auditor, "https://git.example/a", NotAllowed), (company.stranger, "https://git.example/a", NotFound),
        (company.colleague, "https://other.example/a", Invalid), (company.colleague, "file:///etc", Invalid),
    ):  # fmt: skip
        with pytest.raises(error):
            hand_in_repository(actor=company.actor(who), release=release, url=url, now=MOMENT)
    assert Intake.objects.count() == 0
