# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making statements and documents, merging documents, and the words of the formats."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given

from paddock.engine.model.purl import InvalidPurl
from paddock.engine.vex.apply import NamedDocument
from paddock.engine.vex.create import IncompleteStatement, check, complete, document_of, identify, products_of
from paddock.engine.vex.merge import contradictions, latest, merge
from paddock.engine.vex.statement import Justification, Response, Status
from paddock.engine.vex.vocabulary import (
    CAUTION,
    CYCLONEDX_OF_JUSTIFICATION,
    GROUP_OF_STATUS,
    JUSTIFICATION_OF_CYCLONEDX,
    REMEDIATION_OF_RESPONSE,
    RESPONSE_OF_REMEDIATION,
    STATE_OF_STATUS,
    STATUS_OF_GROUP,
    STATUS_OF_STATE,
    justified,
)
from tests.engine.vex.documents import CVE, LOG, NOW, SHOP, document, documents, product, statement


def test_every_word_has_a_counterpart() -> None:
    assert set(STATE_OF_STATUS) == set(GROUP_OF_STATUS) == set(CAUTION) == set(Status)
    assert set(CYCLONEDX_OF_JUSTIFICATION) == set(Justification)
    assert set(REMEDIATION_OF_RESPONSE) == set(Response)
    assert set(JUSTIFICATION_OF_CYCLONEDX.values()) | {Justification.COMPONENT_NOT_PRESENT} == set(Justification)


@pytest.mark.parametrize("status", Status)
def test_a_status_comes_back_from_every_format(status: Status) -> None:
    assert STATUS_OF_STATE[STATE_OF_STATUS[status]] is status
    assert STATUS_OF_GROUP[GROUP_OF_STATUS[status]] is status


@pytest.mark.parametrize("word", JUSTIFICATION_OF_CYCLONEDX)
def test_a_finer_word_of_cyclonedx_is_kept(word: str) -> None:
    justification, finer = justified(Status.NOT_AFFECTED, word)
    assert justification is JUSTIFICATION_OF_CYCLONEDX[word]
    assert (finer or CYCLONEDX_OF_JUSTIFICATION[justification]) == word
    assert justified(Status.AFFECTED, word) == (None, word)


@pytest.mark.parametrize("response", Response)
def test_a_response_comes_back_from_csaf_as_the_same_or_as_a_workaround(response: Response) -> None:
    back = RESPONSE_OF_REMEDIATION[REMEDIATION_OF_RESPONSE[response]]
    assert back is response or back is Response.WORKAROUND_AVAILABLE


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"vulnerability": " "}, "names a vulnerability"),
        ({"products": ()}, "at least one product"),
        ({"justification": None}, "why is it not affected"),
        ({"status": Status.FIXED}, "for what is not affected"),
        ({"status": Status.AFFECTED, "justification": None}, "what are users to do"),
    ],
)
def test_incomplete_statements_are_refused(changes: dict, message: str) -> None:
    whole = statement(product(LOG))
    check(whole)
    with pytest.raises(IncompleteStatement, match=message):
        check(msgspec.structs.replace(whole, **changes))


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"justification": None}, "impact_statement", "No reason has been stated."),
        ({"justification": None, "cyclonedx_state": "false_positive"}, "impact_statement", "falsely identified"),
        ({"status": Status.AFFECTED, "justification": None}, "action_statement", "No action has been stated."),
        (
            {"status": Status.AFFECTED, "justification": None, "responses": (Response.UPDATE, Response.ROLLBACK)},
            "action_statement",
            "Update to a fixed version. Go back to an earlier version.",
        ),
    ],
)
def test_what_is_missing_is_said_to_be_missing(changes: dict, field: str, text: str) -> None:
    completed = complete(msgspec.structs.replace(statement(product(LOG)), **changes))
    check(completed)
    assert text in getattr(completed, field)


def test_names_are_recognised() -> None:
    assert identify(LOG).purls[0].name == "log"
    assert identify("cpe:/a:example:log").cpes == ("cpe:/a:example:log",)
    assert identify("The shop").name == "The shop"
    with pytest.raises(InvalidPurl):
        identify("pkg:npm")


def test_without_a_product_components_are_products() -> None:
    assert products_of((), (LOG, LOG)) == (product(LOG),)
    assert products_of((SHOP,), (LOG,)) == (product(SHOP, LOG),)


def test_documents_with_the_same_content_have_the_same_id() -> None:
    made = [document_of([statement(product(LOG))], author="A", now=NOW) for _ in range(2)]
    other = document_of([statement(product(LOG))], author="B", now=NOW)
    assert made[0].id == made[1].id != other.id
    assert document_of([statement(product(LOG))], author="A", now=NOW, id="mine").id == "mine"
    for wrong in ({"author": ""}, {"statements": []}):
        arguments = {"statements": [statement(product(LOG))], "author": "A", "now": NOW, **wrong}
        with pytest.raises(IncompleteStatement):
            document_of(arguments.pop("statements"), **arguments)


def test_merging_keeps_times_and_drops_what_is_said_twice() -> None:
    early, late = statement(product(LOG), status=Status.UNDER_INVESTIGATION), statement(product(LOG), days=1)
    merged = merge([document(late), document(late, early, name="b.json")], author="Example Ltd", now=NOW)

    assert [one.status for one in merged.statements] == [Status.UNDER_INVESTIGATION, Status.NOT_AFFECTED]
    assert [one.timestamp for one in merged.statements] == [early.timestamp, late.timestamp]
    assert merged.timestamp == NOW


def test_merging_tells_whose_word_it_is() -> None:
    merged = merge([document(statement(product(LOG)))], author="Somebody else", now=NOW)
    assert merged.statements[0].supplier == "Example Ltd"


def test_merging_tells_gaps_and_contradictions() -> None:
    gap = statement(product(SHOP), justification=None)
    one, other = statement(product(LOG)), statement(product(LOG), status=Status.AFFECTED)
    merged = merge([document(gap, one, other)], author="Example Ltd", now=NOW)
    messages = "\n".join(issue.message for issue in merged.issues)

    assert "does not say why it is not affected" in messages
    assert f"about {CVE} in {LOG} contradict each other: affected and not_affected" in messages
    assert contradictions([one, statement(product(LOG), status=Status.AFFECTED, days=1)]) == ()


def test_of_several_versions_of_a_document_the_newest_is_merged() -> None:
    old = document(statement(product(SHOP)), id="x", version="1.9.0")
    new = document(statement(product(LOG)), id="x", version="1.10.0", name="b.json")
    assert merge([new, old], author="A", now=NOW).statements[0].products == (product(LOG),)
    with pytest.raises(IncompleteStatement):
        merge([], author="A", now=NOW)


def test_what_is_said_now() -> None:
    early = statement(product(SHOP, LOG, "pkg:npm/left"), status=Status.AFFECTED)
    late = statement(product(SHOP, LOG), days=1)
    kept = latest([early, late])
    assert kept == (msgspec.structs.replace(early, products=(product(SHOP, "pkg:npm/left"),)), late)


@given(documents())
def test_merging_a_document_alone_says_the_same(said) -> None:
    merged = merge([NamedDocument("a", said)], author=said.author, now=NOW + timedelta(days=1))
    bare = [msgspec.structs.replace(one, id="", place="") for one in said.statements]
    assert sorted(map(repr, merged.statements)) == sorted(map(repr, map(complete, bare)))
