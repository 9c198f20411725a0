# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in through SAML: an identity provider of our own making, which signs as real ones do."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.http import HttpResponse
from django.test import Client
from lxml import etree

from paddock.hub.accounts.models import Grant, Person
from paddock.hub.accounts.services import map_group
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import system
from paddock.hub.core.clock import now
from tests.hub.company import Company

IDP = "https://idp.halden.example/metadata"
ACS = "http://hub.halden.example/accounts/saml/halden/acs/"
AUDIENCE = "http://hub.halden.example/accounts/saml/halden/metadata/"
NAMES = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "samlp": "urn:oasis:names:tc:SAML:2.0:protocol"}
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def made_key() -> tuple[bytes, str]:
    """A private key, and a certificate for it, in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.halden.example")])
    moment = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(moment - timedelta(1)).not_valid_after(moment + timedelta(9))
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, certificate


KEY, CERTIFICATE = made_key()
OTHER_KEY, _ = made_key()


@pytest.fixture
def directory(company: Company, settings: Any) -> Company:
    """The identity provider as a configured directory, and a rule for one of its groups."""
    app = {
        "provider_id": IDP,
        "name": "Halden",
        "client_id": "halden",
        "settings": {
            "trusts_addresses": True,
            "idp": {"entity_id": IDP, "sso_url": "https://idp.halden.example/sso", "x509cert": CERTIFICATE},
            "advanced": {"want_assertion_signed": True, "reject_idp_initiated_sso": True},
        },
    }
    settings.ALLOWED_HOSTS = ["hub.halden.example"]
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}
    map_group(actor=system("tests"), provider=IDP, group="devs", role=Role.DEVELOPER, unit=company.cars, now=now())
    return company


def browser() -> Client:
    """A browser as real ones are: it says which host it means."""
    return Client(HTTP_HOST="hub.halden.example")


def asked(client: Client) -> str:
    """Begin to sign in; the id of the request that the hub sends to the provider."""
    answer = client.post("/accounts/saml/halden/login/")
    assert answer["Location"].startswith("https://idp.halden.example/sso?")
    sent = parse_qs(urlsplit(answer["Location"]).query)["SAMLRequest"][0]
    request = etree.fromstring(zlib.decompress(base64.b64decode(sent), -15))
    return str(request.get("ID"))


def response(reply_to: str, key: bytes | None = KEY, **changes: str) -> bytes:
    """What the provider answers, its assertion signed with `key` (None: not signed)."""
    moment = datetime.now(UTC)
    said = {
        "email": "sam@halden.example", "audience": AUDIENCE, "acs": ACS, "group": "devs",
        "until": (moment + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"), **changes,
    }  # fmt: skip
    at = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"""<samlp:Response xmlns:samlp="{NAMES["samlp"]}" xmlns:saml="{NAMES["saml"]}" ID="r{uuid4().hex}"
 Version="2.0" IssueInstant="{at}" Destination="{said["acs"]}" InResponseTo="{reply_to}">
<saml:Issuer>{IDP}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="a{uuid4().hex}" Version="2.0" IssueInstant="{at}"><saml:Issuer>{IDP}</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">sam-1</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{said["until"]}" Recipient="{said["acs"]}" InResponseTo="{reply_to}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{at}" NotOnOrAfter="{said["until"]}"><saml:AudienceRestriction>
<saml:Audience>{said["audience"]}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{at}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>
<saml:Attribute Name="{MAIL}"><saml:AttributeValue>{said["email"]}</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="urn:oid:2.5.4.42"><saml:AttributeValue>Sam</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="urn:oid:2.5.4.4"><saml:AttributeValue>Tann</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="memberOf"><saml:AttributeValue>{said["group"]}</saml:AttributeValue></saml:Attribute>
</saml:AttributeStatement></saml:Assertion></samlp:Response>"""
    tree = etree.fromstring(text)
    if key is not None:
        signed(tree.find("saml:Assertion", NAMES), key)
    return etree.tostring(tree)


def signed(assertion: Any, key: bytes) -> None:
    signature = xmlsec.template.create(assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds")
    assertion.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.tree.add_ids(assertion, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key, xmlsec.KeyFormat.PEM)
    context.sign(signature)


def handed_in(client: Client, answer: bytes) -> HttpResponse:
    """The browser carries the provider's answer to the hub."""
    sent = client.post("/accounts/saml/halden/acs/", {"SAMLResponse": base64.b64encode(answer).decode()})
    assert sent.status_code == 302
    return client.get(sent["Location"])


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_signed_answer_lets_in_with_the_roles_of_the_groups(directory: Company) -> None:
    client = browser()
    handed_in(client, response(asked(client)))
    assert is_in(client)
    person = Person.objects.get(email="sam@halden.example")
    assert person.name == "Sam Tann"
    grant = Grant.objects.get(person=person)
    assert (grant.role, grant.unit.name, grant.origin) == ("developer", "Cars", IDP)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"key": None}, id="not signed"),
        pytest.param({"key": OTHER_KEY}, id="signed by somebody else"),
        pytest.param({"audience": "https://other.example/"}, id="for another service"),
        pytest.param({"acs": "https://other.example/acs/"}, id="sent to another address"),
        pytest.param({"until": "2020-01-01T00:00:00Z"}, id="too old"),
    ],
)
def test_what_cannot_be_trusted_lets_nobody_in(answer: dict[str, Any], directory: Company) -> None:
    client = browser()
    refused = handed_in(client, response(asked(client), **answer))
    assert refused.status_code in (401, 403, 200)
    assert not is_in(client)
    assert not Person.objects.filter(email="sam@halden.example").exists()


def test_what_was_changed_after_signing_lets_nobody_in(directory: Company) -> None:
    client = browser()
    forged = response(asked(client)).replace(b"sam@halden.example", b"admin@halden.example")
    handed_in(client, forged)
    assert not is_in(client)


def test_a_second_assertion_beside_the_signed_one_is_not_believed(directory: Company) -> None:
    client = browser()
    tree = etree.fromstring(response(asked(client)))
    forged = etree.fromstring(etree.tostring(tree.find("saml:Assertion", NAMES)))
    forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    forged.set("ID", "aforged")
    forged.find(".//saml:AttributeValue", NAMES).text = "admin@halden.example"
    tree.insert(2, forged)
    handed_in(client, etree.tostring(tree))
    assert not is_in(client)


def test_an_answer_works_once_and_only_where_it_was_asked_for(directory: Company) -> None:
    client, stranger = browser(), browser()
    answer = response(asked(client))
    handed_in(stranger, answer)
    assert not is_in(stranger)
    handed_in(client, answer)
    assert is_in(client)
    client.post("/accounts/logout/")
    handed_in(client, answer)
    assert not is_in(client), "an answer was replayed"


def test_an_answer_that_nobody_asked_for_lets_nobody_in(directory: Company) -> None:
    client = browser()
    answer = response("").replace(b' InResponseTo=""', b"")
    handed_in(client, answer)
    assert not is_in(client)
