# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which statement counts for a finding."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import parse_purl
from paddock.engine.vex.apply import Decision, NamedDocument, Subject, apply
from paddock.engine.vex.create import identify
from paddock.engine.vex.statement import Product, Status
from tests.engine.vex.documents import CVE, LOG, SHOP, document, documents, product, statement, subject

OTHER = "pkg:oci/other@sha256:bb"


def decide(one: Subject, *documents: NamedDocument) -> Decision | None:
    return apply([one], documents).decisions[0]


def status_of(one: Subject, *documents: NamedDocument) -> Status | None:
    decision = decide(one, *documents)
    return decision.statement.status if decision else None


def messages(one: Subject, *documents: NamedDocument) -> str:
    return "\n".join(issue.message for issue in apply([one], documents).issues)


def test_vulnerability_and_component_both_have_to_be_meant() -> None:
    said = document(statement(product(LOG)))

    assert status_of(subject(), said) is Status.NOT_AFFECTED
    assert status_of(subject("pkg:maven/org.example/log@1.3.0"), said) is None
    assert status_of(subject("pkg:maven/org.example/other@1.2.0"), said) is None
    assert status_of(subject(ids=("CVE-2025-0002",)), said) is None


def test_any_name_of_the_vulnerability_is_enough_whatever_its_case() -> None:
    said = document(statement(product(LOG), vulnerability="GHSA-x", aliases=("cve-2025-0001",)))
    assert status_of(subject(), said) is Status.NOT_AFFECTED
    assert status_of(subject(ids=("OSV-1", "ghsa-X")), said) is Status.NOT_AFFECTED


def test_a_package_url_without_version_is_about_every_version() -> None:
    assert status_of(subject(), document(statement(product("pkg:maven/org.example/log")))) is Status.NOT_AFFECTED


def test_a_component_of_a_product() -> None:
    said = document(statement(product(SHOP, LOG)))

    assert status_of(subject(LOG, SHOP), said) is Status.NOT_AFFECTED
    assert status_of(subject(LOG, OTHER), said) is None
    assert status_of(subject("pkg:npm/left@1.0.0", SHOP), said) is None


def test_a_statement_about_the_whole_product_is_about_all_of_its_components() -> None:
    said = document(statement(product(SHOP)))

    assert status_of(subject(LOG, SHOP), said) is Status.NOT_AFFECTED
    assert status_of(subject(LOG, OTHER), said) is None
    assert status_of(subject(LOG), said) is None


def test_an_unknown_product_is_taken_on_trust_and_told() -> None:
    said = document(statement(product(SHOP, LOG)))

    decision = decide(subject(LOG), said)

    assert decision is not None
    assert decision.trusted
    assert "it was taken on trust for 1 finding that pkg:oci/shop@sha256:aa is what" in messages(subject(LOG), said)


def test_another_product_is_not_trusted_and_told() -> None:
    said = document(statement(product(SHOP, LOG)))
    assert "were not applied to 1 finding" in messages(subject(LOG, OTHER), said)
    assert status_of(subject(LOG, others=(parse_purl(OTHER),)), said) is None


def test_a_product_named_by_platform_enumeration() -> None:
    name = "cpe:/o:example:system:9"
    said = document(statement(product(name, LOG)))

    assert status_of(subject(LOG, product_cpes=(name,)), said) is Status.NOT_AFFECTED
    assert status_of(subject(LOG, product_cpes=("cpe:/o:example:system:8",)), said) is None


def test_what_a_library_says_counts_where_every_path_leads_through_it() -> None:
    left = "pkg:npm/left@1.0.0"
    inside = document(statement(product(left, LOG)))
    whole = document(statement(product(left)))

    for said in (inside, whole):
        assert status_of(subject(LOG, SHOP, carriers=(parse_purl(left),)), said) is Status.NOT_AFFECTED
        assert status_of(subject(LOG, SHOP), said) is None


def test_the_latest_statement_counts() -> None:
    before = statement(product(LOG), status=Status.UNDER_INVESTIGATION, place="statements[0]")
    after = statement(product(LOG), days=1, place="statements[1]")

    decision = decide(subject(), document(after, before))

    assert decision is not None
    assert decision.statement is after
    assert decision.overruled == ("a.json: statements[0]",)


def test_an_update_makes_a_statement_later() -> None:
    updated = statement(product(LOG), last_updated=statement(days=9).timestamp)
    newer = statement(product(LOG), status=Status.AFFECTED, days=5)
    assert status_of(subject(), document(newer), document(updated, name="b.json")) is Status.NOT_AFFECTED


def test_of_contradicting_statements_the_most_careful_counts_and_that_is_told() -> None:
    one = document(statement(product(LOG)), name="one.json")
    other = document(statement(product(LOG), status=Status.AFFECTED), name="other.json")

    for order in ((one, other), (other, one)):
        assert status_of(subject(), *order) is Status.AFFECTED
        issue = apply([subject()], order).issues[0]
        assert issue.severity is Severity.WARNING
        assert "contradict each other" in issue.message
        assert "affected counts" in issue.message


def test_equal_statements_of_the_same_time_are_no_contradiction() -> None:
    assert apply([subject()], [document(statement(product(LOG)), statement(product(LOG)))]).issues == ()


def test_a_statement_without_time_is_the_earliest() -> None:
    timeless = statement(product(LOG), timestamp=None)
    said = document(timeless, statement(product(LOG), status=Status.AFFECTED, days=-9_999))
    assert status_of(subject(), said) is Status.AFFECTED
    assert status_of(subject(), document(timeless)) is Status.NOT_AFFECTED


def test_a_later_version_of_a_document_replaces_the_earlier_one() -> None:
    old = document(statement(product(LOG), days=3), id="x", version="1", name="old.json")
    new = document(statement(product("pkg:npm/left")), id="x", version="2", name="new.json")

    assert status_of(subject(), old, new) is None
    assert "version 1 of x does not count beside version 2 in new.json" in messages(subject(), old, new)
    assert status_of(subject(), old) is Status.NOT_AFFECTED


def test_documents_of_others_with_the_same_id_both_count() -> None:
    ours = document(statement(product(LOG)), id="x", version="1")
    theirs = document(statement(product("pkg:npm/left")), id="x", version="2", format="CSAF 2.0")
    assert status_of(subject(), ours, theirs) is Status.NOT_AFFECTED


def test_versions_that_cannot_be_compared_are_told() -> None:
    said = document(statement(product(LOG)))
    assert status_of(subject("pkg:maven/org.example/log"), said) is None
    assert "its version cannot be compared" in messages(subject("pkg:maven/org.example/log"), said)


def test_the_assessment_names_the_statement() -> None:
    said = document(statement(product(LOG), impact_statement="Never called."), name="shop.json")
    decision = decide(subject(), said)
    assert decision is not None
    assessment = decision.assessment

    assert assessment.status is Status.NOT_AFFECTED
    assert assessment.justification == "vulnerable_code_not_present"
    assert assessment.statement == "Never called."
    assert assessment.author == "Example Ltd"
    assert assessment.source == "shop.json: statements[0]"


def test_products_shared_between_statements_are_told_apart() -> None:
    shared = product(LOG)
    said = document(statement(shared, status=Status.AFFECTED), statement(shared, days=1))
    assert status_of(subject(), said) is Status.NOT_AFFECTED


def test_work_is_bounded_by_what_is_about_the_finding(monkeypatch) -> None:
    """Statements about other vulnerabilities and packages are never compared."""
    compared = []
    monkeypatch.setattr("paddock.engine.vex.apply.is_meant", lambda identity, *_: compared.append(identity) or False)
    many = [statement(product(f"pkg:npm/p{number}@1"), vulnerability=f"CVE-2020-{number:04}") for number in range(500)]
    more = [statement(product(f"pkg:npm/p{number}@1")) for number in range(500)]

    apply([subject()], [document(*many, *more, statement(product(LOG)))])

    assert len(compared) <= 3


@given(documents(), st.sampled_from([LOG, "pkg:npm/left@1.0.0", "pkg:pypi/django"]))
def test_every_finding_gets_one_answer_and_its_statement_is_about_it(said, component: str) -> None:
    subjects = [subject(component), subject(component, SHOP), subject(component, ids=("X 1", CVE))]
    found = apply(subjects, [NamedDocument("a", said)])
    assert len(found.decisions) == len(subjects)
    for one, decision in zip(subjects, found.decisions, strict=True):
        if decision is not None:
            assert set(one.ids) & set(decision.statement.ids)


@given(documents(), documents())
def test_the_order_of_documents_does_not_matter(first, second) -> None:
    first, second = NamedDocument("a", first), NamedDocument("b", second)
    one = apply([subject(), subject("pkg:npm/left@1.0.0")], [first, second])
    other = apply([subject(), subject("pkg:npm/left@1.0.0")], [second, first])
    statuses = [[found and found.statement.status for found in answer.decisions] for answer in (one, other)]
    assert statuses[0] == statuses[1]


def test_a_mere_name_is_about_nothing_that_is_known_by_package_url() -> None:
    said = document(statement(Product(identity=identify("log 1.2"))))
    assert status_of(subject(), said) is None


def test_two_documents_that_claim_to_be_the_same_version_both_count() -> None:
    ours = document(statement(product(LOG)), id="x", version="1")
    theirs = document(statement(product("pkg:npm/left@1.0.0")), id="x", version="1")
    for order in ((ours, theirs), (theirs, ours)):
        assert status_of(subject(), *order) is Status.NOT_AFFECTED
        assert status_of(subject("pkg:npm/left@1.0.0"), *order) is Status.NOT_AFFECTED
