# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The summary for people: what stands in it, and that nothing in it becomes markup."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.bootstrap import build
from paddock.engine.model.purl import make_purl
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import run
from paddock.hub.core.errors import NotFound
from paddock.hub.documents import summary
from paddock.hub.documents.catalogue import DOWNLOADS, find_download
from paddock.hub.documents.types import Source
from tests.hub.company import MOMENT

SHOP = Path(__file__).resolve().parents[3] / "examples" / "web-shop"


@pytest.fixture(scope="module")
def result() -> Result:
    """What a scan of the example project gives."""
    return run(SHOP, build(SHOP), now=datetime(2026, 11, 2, tzinfo=UTC))


def source(result: Result, **changes: str) -> Source:
    names = {
        "company": "Halden Mobility", "product": "Cockpit", "release": "4.2", "unit": "Cars",
        "legal_entity": "Halden Mobility SE", "distribution": "Delivered in a device", "policy": "Cars, version 2",
    }  # fmt: skip
    return Source(**{**names, **changes}, evaluated_at=MOMENT, result=result)


def test_the_verdict_its_causes_and_every_component_stand_in_it(result: Result) -> None:
    assert result.verdict is not None
    data = summary.summary_data(source(result))
    assert data["sentence"] == result.verdict.sentence
    assert len(data["components"]) == len(result.inventory.components)
    assert sum(int(count) for _, count in data["licenses"]) == len(result.inventory.components)
    assert any("GPL-2.0" in cause["title"] and cause["blocks"] for cause in data["causes"])
    assert all(cause["packages"] or cause["message"] for cause in data["causes"])
    assert ["Legal entity", "Halden Mobility SE"] in data["facts"]


def test_it_is_a_tagged_pdf_and_the_same_result_gives_the_same_bytes(result: Result) -> None:
    pdf = summary.make_summary(source(result))
    assert pdf.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf or b"pdfuaid" in pdf
    assert pdf == summary.make_summary(source(result))


@pytest.mark.parametrize(
    "text",
    [
        '#panic("no")',
        "$x$",
        "*bold* _it_",
        '"; #read("/etc/passwd")',
        "\\",
        "<label> @ref",
        "= h",
        "\x00\x07a",
        "x" * 3_000,
    ],
)
def test_texts_of_others_are_never_markup(result: Result, text: str) -> None:
    component = result.inventory.components[0]
    strange = msgspec.structs.replace(component, purl=make_purl("npm", "strange", version=text))
    inventory = msgspec.structs.replace(result.inventory, components=(strange, *result.inventory.components[1:]))
    changed = msgspec.structs.replace(result, inventory=inventory)
    strange_source = source(changed, product=text, company=text, unit=text)
    assert summary.make_summary(strange_source).startswith(b"%PDF-")
    assert summary.summary_data(strange_source)["facts"][0][1] == text


def test_it_speaks_the_language_of_whoever_asks(result: Result) -> None:
    with translation.override("de"):
        data = summary.summary_data(source(result))
        assert summary.make_summary(source(result)).startswith(b"%PDF-")
    assert data["language"] == "de"
    assert data["date"] == "2. Nov. 2026"
    assert data["sentence"].startswith("Nicht konform: ")
    assert ["Produkt", "Cockpit"] in data["facts"]
    english = summary.summary_data(source(result))["words"]
    same = {name for name, word in data["words"].items() if word == english[name]}
    assert same <= {"name", "version"}


def test_signs_that_no_font_has_cost_the_certificate_and_not_the_document(result: Result) -> None:
    assert summary.make_summary(source(result, product="Cockpit \U00013080\U0001f9ff")).startswith(b"%PDF-")


@given(st.text())
def test_breaking_long_words_loses_no_letter(text: str) -> None:
    kept = "".join(one for one in text if one.isprintable() or one in "\n\t")
    assert summary.broken(text).replace("\u200b", "") == kept.replace("\u200b", "")


def test_a_huge_table_ends_and_says_so(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "MOST_COMPONENTS", 3)
    data = summary.summary_data(source(result))
    assert len(data["components"]) == 3
    assert data["left_out"] == len(result.inventory.components) - 3
    assert "3 of 10" in data["words"]["left_out"]
    assert summary.make_summary(source(result)).startswith(b"%PDF-")


def test_a_release_that_nobody_decided_about_has_a_summary(result: Result) -> None:
    undecided = msgspec.structs.replace(result, verdict=None, policy=None)
    assert summary.summary_data(source(undecided))["outcome"] == "unknown"
    assert summary.make_summary(source(undecided)).startswith(b"%PDF-")


@pytest.mark.parametrize("slug", DOWNLOADS)
def test_every_document_can_be_made_and_is_what_it_says(result: Result, slug: str) -> None:
    download = find_download(slug)
    content = download.make(source(result))
    begins = {"json": b"{", "xml": b"<?xml", "pdf": b"%PDF", "html": b"<!"}
    for kind, start in begins.items():
        if kind in download.content_type:
            assert content.lstrip().lower().startswith(start.lower())
    assert download.suffix.startswith(".")
    assert download.purpose


def test_a_document_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound, match="cyclonedx"):
        find_download("word")
