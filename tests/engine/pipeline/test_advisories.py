# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bringing advisories in: as a whole, by what differs, from files; and what is kept when something goes wrong."""

import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.clients.advisories import Client
from paddock.engine.pipeline.advisories.files import NothingToImport, import_files
from paddock.engine.pipeline.advisories.jobs import read_list
from paddock.engine.pipeline.advisories.plan import Outcome, Plan
from paddock.engine.pipeline.advisories.settings import read_plan
from paddock.engine.pipeline.advisories.sync import DOWNLOADS, NothingFetched, sync
from paddock.engine.policy.nodes import InvalidFile
from tests.engine.advisor.records import NOW, before, found, look_up, record
from tests.engine.advisor.test_advise import EPSS, KEV
from tests.engine.clients.feed_server import Site, serving

KEV_BYTES = json.dumps(KEV).encode()


def advisory(number: int, fixed: str = "2.0.0", day: int = 1) -> dict:
    return record(f"X-{number}", before("npm", f"n{number}", fixed), modified=f"2026-01-{day:02}T00:00:00Z")


def archive(*records: dict) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for one in records:
            written.writestr(f"{one['id']}.json", json.dumps(one))
    return data.getvalue()


def publish(site: Site, *records: dict, ecosystem: str = "npm") -> None:
    """Everything that OSV's server has of an ecosystem."""
    for name in [name for name in site.files if name.startswith(f"{ecosystem}/")]:
        del site.files[name]
    site.files[f"{ecosystem}/all.zip"] = archive(*records)
    newest = sorted(records, key=lambda one: one["modified"], reverse=True)
    site.files[f"{ecosystem}/modified_id.csv"] = "".join(f"{one['modified']},{one['id']}\n" for one in newest).encode()
    for one in records:
        site.files[f"{ecosystem}/{one['id']}.json"] = json.dumps(one).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        publish(site, *(advisory(number) for number in range(20)))
        site.files["known_exploited_vulnerabilities.json"] = KEV_BYTES
        site.files["epss_scores-current.csv.gz"] = gzip.compress(EPSS, mtime=0)
        yield site


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "advisories.db"


def bring(path: Path, site: Site, *ecosystems: str, **more) -> Outcome:
    plan = msgspec.structs.replace(Plan(base=site.address, ecosystems=ecosystems or ("npm",)), **more)
    with Client(pause=lambda _seconds: None) as client:
        return sync(path, plan, client, now=NOW)


def figures(outcome: Outcome) -> dict[str, tuple[int, int, int, int]]:
    return {one.source: (one.added, one.changed, one.removed, one.same) for one in outcome.reports}


def test_at_first_everything_comes(path: Path, site: Site) -> None:
    outcome = bring(path, site)

    assert outcome.failures == ()
    assert figures(outcome)["npm"] == (20, 0, 0, 0)
    assert found(path, "pkg:npm/n3@1.0.0") == {"X-3": True}
    with AdvisoryDatabase(path) as database:
        assert {one.name: one.records for one in database.data().sources} == {"npm": 20, "KEV": 1, "EPSS": 1}
    assert not path.with_name(DOWNLOADS).exists()


def test_then_only_what_differs(path: Path, site: Site) -> None:
    bring(path, site)
    publish(site, *(advisory(number) for number in range(1, 20)), advisory(20, day=3))
    publish(site, *(advisory(number) for number in range(2, 20)), advisory(1, "3.0.0", day=2), advisory(20, day=3))
    site.requests.clear()

    outcome = bring(path, site)

    assert figures(outcome)["npm"] == (1, 1, 1, 18)
    assert sorted(asked for asked, _ in site.requests if asked.startswith("npm/")) == [
        "npm/X-1.json",
        "npm/X-20.json",
        "npm/modified_id.csv",
    ]
    assert found(path, "pkg:npm/n1@2.5.0") == {"X-1": True}
    assert found(path, "pkg:npm/n0@1.0.0") == {}


def test_when_nothing_changed_nothing_comes(path: Path, site: Site) -> None:
    bring(path, site)
    bring(path, site)  # reads the list for the first time
    site.requests.clear()

    outcome = bring(path, site)

    assert figures(outcome)["npm"] == (0, 0, 0, 20)
    assert sorted(asked for asked, _ in site.requests) == [
        "epss_scores-current.csv.gz", "known_exploited_vulnerabilities.json", "npm/modified_id.csv",
    ]  # fmt: skip
    assert all("If-None-Match" in headers for _, headers in site.requests)
    with AdvisoryDatabase(path) as database:
        assert {one.name: one.fetched for one in database.data().sources} == dict.fromkeys(("npm", "KEV", "EPSS"), NOW)


def test_many_changes_come_as_a_whole(path: Path, site: Site) -> None:
    bring(path, site)
    publish(site, *(advisory(number, day=2) for number in range(400)))
    site.requests.clear()

    assert figures(bring(path, site))["npm"] == (380, 20, 0, 0)
    assert site.asked("npm/all.zip") == 1
    assert not any(asked.startswith("npm/X-") for asked, _ in site.requests)


def test_another_server_or_the_wish_for_it_starts_over(path: Path, site: Site) -> None:
    bring(path, site)
    site.requests.clear()
    bring(path, site, whole=True)
    assert site.asked("npm/all.zip") == 1
    with serving() as other:
        publish(other, advisory(1))
        outcome = bring(path, other)
        assert figures(outcome)["npm"] == (0, 0, 19, 1)


def test_without_names_those_that_are_there_are_brought(path: Path, site: Site) -> None:
    publish(site, advisory(1), ecosystem="Debian:12")
    bring(path, site, "npm", "Debian:12")
    with Client() as client:
        outcome = sync(path, Plan(base=site.address), client, now=NOW)
    assert [one.source for one in outcome.reports] == ["Debian:12", "npm", "KEV", "EPSS"]


def test_a_damaged_archive_leaves_what_was_there(path: Path, site: Site) -> None:
    bring(path, site)
    site.files["npm/all.zip"] = site.files["npm/all.zip"][:-300]

    outcome = bring(path, site, whole=True)

    assert [name for name, _ in outcome.failures] == ["npm"]
    assert "no zip file that can be read to its end" in outcome.failures[0][1]
    assert found(path, "pkg:npm/n3@1.0.0") == {"X-3": True}


def test_a_byte_that_is_wrong_inside_an_archive_is_seen_before_anything_is_written(path: Path, site: Site) -> None:
    publish(site, *(record(f"X-{number}", before("npm", "n", "2.0.0"), details="y" * 500) for number in range(5)))
    data = bytearray(site.files["npm/all.zip"])
    place = data.rindex(b"X-4.json", 0, len(data) - 400) + 60
    data[place] ^= 0xFF
    site.files["npm/all.zip"] = bytes(data)

    outcome = bring(path, site)

    assert [name for name, _ in outcome.failures] == ["npm"]
    with AdvisoryDatabase(path) as database:
        assert database.data().records == 0


def test_a_sync_that_is_stopped_leaves_the_old_database_and_goes_on_later(path: Path, site: Site) -> None:
    bring(path, site)
    whole = path.read_bytes()
    publish(site, *(advisory(number, day=2) for number in range(2_000)))
    site.cut_after["npm/all.zip"] = [20_000]

    def stop(source: str, done: int, _total: int) -> None:
        if source == "npm" and done >= 20_000:
            raise KeyboardInterrupt

    with Client(pause=lambda _seconds: None) as client, pytest.raises(KeyboardInterrupt):
        sync(path, Plan(base=site.address, ecosystems=("npm",)), client, now=NOW, progress=stop)
    assert path.read_bytes() == whole
    site.cut_after.clear()
    site.requests.clear()

    assert figures(bring(path, site))["npm"] == (1_980, 20, 0, 0)
    assert "Range" in next(headers for asked, headers in site.requests if asked == "npm/all.zip")


def test_one_advisory_that_cannot_be_fetched_changes_nothing_of_its_ecosystem(path: Path, site: Site) -> None:
    bring(path, site)
    publish(
        site, advisory(0, "3.0.0", day=2), advisory(1, "3.0.0", day=2), *(advisory(number) for number in range(2, 20))
    )
    site.failures["npm/X-1.json"] = [500] * 9

    outcome = bring(path, site)

    assert [name for name, _ in outcome.failures] == ["npm"]
    assert found(path, "pkg:npm/n0@2.5.0") == {}
    site.failures.clear()
    assert figures(bring(path, site))["npm"] == (0, 2, 0, 18)


def test_bad_records_are_told_and_the_rest_is_taken(path: Path, site: Site) -> None:
    good, bad = advisory(1), {"id": "X-2", "affected": [{"package": {"ecosystem": "npm", "name": "n2"}, "ranges": 7}]}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written:
        written.writestr("X-1.json", json.dumps(good))
        written.writestr("X-2.json", json.dumps(bad))
        written.writestr("X-3.json", b"{not json")
        written.writestr("readme.txt", b"hello")
    site.files["npm/all.zip"] = data.getvalue()

    (report, *_) = bring(path, site).reports

    assert (report.added, report.refused) == (2, 1)
    assert [(issue.path, issue.severity.value) for issue in report.issues] == [
        ("X-2.json", "warning"),
        ("X-3.json", "error"),
    ]
    assert found(path, "pkg:npm/n2@1.0.0") == {"X-2": False}


def test_a_server_without_catalogues_is_a_hint_and_one_without_anything_an_error(path: Path) -> None:
    with serving() as site:
        with pytest.raises(NothingFetched, match="does not exist: is 'npm' an ecosystem"):
            bring(path, site, kev=f"{site.address}/x", epss="ftp://y")
        assert not path.exists()
        publish(site, advisory(1))
        outcome = bring(path, site)
        assert outcome.failures == ()
        assert ["has none" in issue.message for one in outcome.reports for issue in one.issues] == [True, True]


def test_what_nobody_asked_for_need_not_be_there(path: Path) -> None:
    with serving() as site:
        with pytest.raises(NothingFetched, match="the server has none"):
            bring(path, site, ecosystems=())
        publish(site, advisory(1))
        outcome = bring(path, site, ecosystems=())
        assert outcome.failures == ()
        with AdvisoryDatabase(path) as database:
            assert [source.name for source in database.data().sources] == ["npm"]
        site.requests.clear()
        bring(path, site, ecosystems=())
        assert {name.partition("/")[0] for name, _ in site.requests if "/" in name} == {"npm"}


def test_a_single_advisory_that_is_too_large_is_told(path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(path, site)
    for module in ("pipeline.advisories.jobs", "formats.osv.reader"):
        monkeypatch.setattr(f"paddock.engine.{module}.MAX_BYTES", 2_000)
    publish(site, advisory(1), {**advisory(99), "details": "x" * 3_000})
    report = bring(path, site).reports[0]
    assert report.refused == 1
    assert "are not read" in report.issues[0].message


def test_files_of_every_kind(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "X-1.json").write_text(json.dumps(advisory(1)))
    (folder / "X-2.json.xz").write_bytes(lzma.compress(json.dumps(advisory(2)).encode()))
    (folder / "npm").mkdir()
    (folder / "npm" / "all.zip").write_bytes(archive(advisory(3), advisory(4)))
    (tmp_path / "kev.json").write_bytes(KEV_BYTES)
    (tmp_path / "epss.csv.gz").write_bytes(gzip.compress(EPSS, mtime=0))

    outcome = import_files(path, [folder, tmp_path / "kev.json", tmp_path / "epss.csv.gz"], now=NOW)

    assert {one.source: one.added for one in outcome.reports if one.added} == {"npm": 2, "mine": 2}
    assert all(found(path, f"pkg:npm/n{number}@1.0.0") for number in (1, 2, 3, 4))

    (folder / "X-2.json.xz").unlink()
    again = import_files(path, [folder], now=NOW)
    assert {one.source: (one.removed, one.same) for one in again.reports} == {"npm": (0, 2), "mine": (1, 1)}
    assert not found(path, "pkg:npm/n2@1.0.0")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.json", b"{}"),
        ("x.json", b"not json"),
        ("x.zip", b"PK"),
        ("x.json", lzma.compress(b"{}" * 99)[:-9]),
        ("x.csv", b""),
    ],
)
def test_what_holds_no_advisories_changes_nothing(path: Path, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NothingToImport, match=name):
        import_files(path, [tmp_path / name], now=NOW)
    assert not path.exists()


def test_lists_are_read_whatever_stands_in_them() -> None:
    data = b"2026-01-01T00:00:00Z,X-1\n2026-01-02T00:00:00Z,npm/X-2\n\nnonsense\nid,modified,more\n\xff,X-3\n"

    assert read_list(data) == {"X-1": "2026-01-01T00:00:00Z", "X-2": "2026-01-02T00:00:00Z"}


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PADDOCK_ADVISORIES_URL", raising=False)
    file = tmp_path / "advisories.yml"
    assert read_plan(file) == Plan()
    file.write_text("url: https://mirror.example/osv\nkev: https://mirror.example/kev\necosystems: [npm, Debian]\n")
    assert read_plan(file) == Plan(
        base="https://mirror.example/osv", kev="https://mirror.example/kev", ecosystems=("npm", "Debian")
    )
    monkeypatch.setenv("PADDOCK_ADVISORIES_URL", "https://other.example")
    assert read_plan(file).base == "https://other.example"
    file.write_text("adress: x\nurl: mirror.example\n")
    with pytest.raises(InvalidFile) as caught:
        read_plan(file)
    assert len(caught.value.faults) == 2


def test_data_says_how_old_it_is(path: Path, site: Site) -> None:
    bring(path, site)

    data = look_up(path, "pkg:npm/n1@1.0.0").data

    assert data is not None
    assert (data.updated, data.records, data.has("kev")) == (NOW, 20, True)
