# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Roles, the permissions they carry, and the other closed lists of this room."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paddock.hub.audit import permissions as audit_permissions


class Permission(StrEnum):
    """One thing that somebody may do in a unit and everything below it."""

    SEE_PRODUCTS = "see products"
    SEE_REPORTS = "see reports"
    SEE_AUDIT = audit_permissions.SEE_AUDIT
    MANAGE_PRODUCTS = "manage products"
    UPLOAD = "upload"
    MANAGE_POLICIES = "manage policies"
    RELEASE_POLICIES = "release policies"
    DECIDE_COMPLIANCE = "decide compliance"
    DECIDE_LEGAL = "decide legal"
    DECIDE_SECURITY = "decide security"
    MANAGE_SUPPLIERS = "manage suppliers"
    MANAGE_PEOPLE = "manage people"
    MANAGE_TOKENS = "manage tokens"  # a permission, not a secret
    MANAGE_HUB = "manage hub"


PERMISSION_LABELS: dict[str, Promise] = {
    Permission.SEE_PRODUCTS: _("See products"),
    Permission.SEE_REPORTS: _("See reports"),
    Permission.SEE_AUDIT: _("Read the record"),
    Permission.MANAGE_PRODUCTS: _("Change products"),
    Permission.UPLOAD: _("Upload"),
    Permission.MANAGE_POLICIES: _("Write policies"),
    Permission.RELEASE_POLICIES: _("Release policies"),
    Permission.DECIDE_COMPLIANCE: _("Decide about compliance"),
    Permission.DECIDE_LEGAL: _("Decide legal questions"),
    Permission.DECIDE_SECURITY: _("Decide about security"),
    Permission.MANAGE_SUPPLIERS: _("Change suppliers"),
    Permission.MANAGE_PEOPLE: _("Manage people"),
    Permission.MANAGE_TOKENS: _("Make API tokens"),
    Permission.MANAGE_HUB: _("Administer the hub"),
}
"""What each permission is called where people read it."""


def the_unit(name: str) -> str:
    """A unit as a message names it, in the reader's language."""
    return gettext("the unit %(name)s") % {"name": name}


class Role(TextChoices):
    """What a person is for a unit and everything below it."""

    ADMINISTRATOR = "administrator", _("Administrator")
    OFFICE_HEAD = "office-head", _("Head of the open source office")
    STREAM_LEAD = "stream-lead", _("Stream lead")
    COMPLIANCE_OFFICER = "compliance-officer", _("Compliance officer")
    LEGAL = "legal", _("Legal")
    SECURITY = "security", _("Security")
    COORDINATOR = "coordinator", _("FOSS coordinator")
    AMBASSADOR = "ambassador", _("Ambassador")
    PRODUCT_OWNER = "product-owner", _("Product owner")
    DEVELOPER = "developer", _("Developer")
    SUPPLIER_CONTACT = "supplier-contact", _("Supplier contact")
    AUDITOR = "auditor", _("Auditor")
    EXECUTIVE = "executive", _("Executive")


_P = Permission
_SEE = frozenset({_P.SEE_PRODUCTS})
_WORK = _SEE | {_P.UPLOAD}
_OWN = _WORK | {_P.MANAGE_PRODUCTS, _P.MANAGE_TOKENS, _P.SEE_REPORTS}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.OFFICE_HEAD: frozenset(Permission) - {_P.MANAGE_HUB, _P.DECIDE_LEGAL},
    Role.STREAM_LEAD: _OWN | {_P.MANAGE_POLICIES, _P.RELEASE_POLICIES, _P.MANAGE_SUPPLIERS, _P.SEE_AUDIT},
    Role.COMPLIANCE_OFFICER: _OWN | {_P.MANAGE_POLICIES, _P.RELEASE_POLICIES, _P.DECIDE_COMPLIANCE, _P.SEE_AUDIT},
    Role.LEGAL: _SEE | {_P.DECIDE_LEGAL, _P.SEE_REPORTS, _P.MANAGE_POLICIES},
    Role.SECURITY: _SEE | {_P.DECIDE_SECURITY, _P.SEE_REPORTS},
    Role.COORDINATOR: _OWN | {_P.MANAGE_POLICIES, _P.MANAGE_PEOPLE},
    Role.AMBASSADOR: _WORK | {_P.SEE_REPORTS},
    Role.PRODUCT_OWNER: _OWN,
    Role.DEVELOPER: _WORK,
    Role.SUPPLIER_CONTACT: frozenset(),
    Role.AUDITOR: _SEE | {_P.SEE_REPORTS, _P.SEE_AUDIT},
    Role.EXECUTIVE: frozenset({_P.SEE_REPORTS}),
}
"""What each role carries. A supplier's contact sees deliveries of their own, which are no matter of units."""


class PersonKind(TextChoices):
    """How somebody belongs to the company."""

    EMPLOYEE = "employee", _("Employee")
    CONTRACTOR = "contractor", _("Contractor")
    EXTERNAL = "external", _("External")


class Theme(TextChoices):
    """How bright the pages are; AUTO: as the person's machine wants it."""

    AUTO = "auto", _("Like my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
