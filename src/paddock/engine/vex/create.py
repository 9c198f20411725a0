# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Makes VEX statements and documents; what a statement lacks by the minimum requirements is an error that says so."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.purl import parse_purl
from paddock.engine.vex.cpe import parse_cpe
from paddock.engine.vex.statement import Identity, Product, Response, Statement, Status, VexDocument

PUBLIC_NAMESPACE = "https://openvex.dev/docs/public/"
"""Where everybody may name documents (OpenVEX, "Public IRI Namespaces")."""
NO_REASON = "No reason has been stated."
NO_ACTION = "No action has been stated."
_STATES = {"false_positive": "The vulnerability was falsely identified."}
_RESPONSES = {
    Response.UPDATE: "Update to a fixed version.",
    Response.ROLLBACK: "Go back to an earlier version.",
    Response.WORKAROUND_AVAILABLE: "A workaround is available.",
    Response.WILL_NOT_FIX: "It will not be fixed.",
    Response.CAN_NOT_FIX: "It cannot be fixed.",
}
_VULNERABILITY = re.compile(r"\S(?:.*\S)?")


class IncompleteStatement(EngineError):
    """A statement lacks what makes it one; the message says what."""


def check(statement: Statement) -> None:
    """Raises IncompleteStatement for what the minimum requirements forbid."""
    if not _VULNERABILITY.fullmatch(statement.vulnerability):
        raise IncompleteStatement("a statement names a vulnerability, for instance CVE-2021-44228")
    if not statement.products:
        raise IncompleteStatement("a statement names at least one product")
    if statement.status is Status.NOT_AFFECTED:
        if statement.justification is None and not statement.impact_statement:
            raise IncompleteStatement("why is it not affected? Give a justification or say it in a statement")
    elif statement.justification is not None:
        raise IncompleteStatement(f"a justification is for what is not affected, not for {statement.status.value}")
    if statement.status is Status.AFFECTED and not statement.action_statement:
        raise IncompleteStatement("what are users to do? Say it in a statement; affected products need one")


def complete(statement: Statement) -> Statement:
    """The statement with a sentence in the place of what the minimum requirements ask for and it does not say.

    A justification of what is not said to be unaffected is dropped.
    """
    if statement.status is Status.NOT_AFFECTED:
        if statement.justification is None and not statement.impact_statement:
            reason = _STATES.get(statement.cyclonedx_state, NO_REASON)
            return msgspec.structs.replace(statement, impact_statement=reason)
        return statement
    changes: dict[str, object] = {"justification": None} if statement.justification else {}
    if statement.status is Status.AFFECTED and not statement.action_statement:
        said = " ".join(_RESPONSES[response] for response in statement.responses)
        changes["action_statement"] = said or NO_ACTION
    return msgspec.structs.replace(statement, **changes) if changes else statement


def identify(text: str) -> Identity:
    """What a text names: a package URL, a CPE name, or else just a name. Raises InvalidPurl for a broken purl."""
    if text.startswith("pkg:"):
        purl = parse_purl(text)
        return Identity(id=purl.to_string(), purls=(purl,))
    if parse_cpe(text) is not None:
        return Identity(id=text, cpes=(text,))
    return Identity(id=text, name=text)


def products_of(products: Iterable[str], components: Iterable[str]) -> tuple[Product, ...]:
    """Each product with all of the components; without products, the components are products of their own."""
    parts = tuple(identify(text) for text in dict.fromkeys(components))
    wholes = tuple(identify(text) for text in dict.fromkeys(products))
    if not wholes:
        return tuple(Product(identity=part) for part in parts)
    return tuple(Product(identity=whole, components=parts) for whole in wholes)


def document_of(
    statements: Iterable[Statement],
    *,
    author: str,
    now: datetime,
    role: str = "",
    namespace: str = "",
    id: str = "",
    title: str = "",
    tooling: str = "",
) -> VexDocument:
    """A document with these statements, each of them complete; those without a time get `now`.

    id: without one, it is made from the content, so that equal documents have equal ids. Raises IncompleteStatement.
    """
    stated = tuple(
        statement if statement.timestamp else msgspec.structs.replace(statement, timestamp=now)
        for statement in statements
    )
    if not stated:
        raise IncompleteStatement("a document has at least one statement")
    if not author:
        raise IncompleteStatement("a document names its author: a person or an organisation")
    for statement in stated:
        check(statement)
    document = VexDocument(
        statements=stated,
        author=author,
        role=role,
        namespace=namespace,
        title=title,
        timestamp=now,
        last_updated=now,
        tooling=tooling,
    )
    return msgspec.structs.replace(document, id=id or f"{PUBLIC_NAMESPACE}vex-{fingerprint(document)}")


def fingerprint(document: VexDocument) -> str:
    """SHA-256 (hex) over what a document says, who says it and when."""
    bare = msgspec.structs.replace(document, id="", format="", issues=(), tooling="")
    return hashlib.sha256(msgspec.json.encode(bare, enc_hook=str)).hexdigest()
