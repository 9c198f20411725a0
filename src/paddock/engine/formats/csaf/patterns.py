# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The forms of texts in CSAF documents, as regular expressions that both Python and Rust understand."""

_VALUE = r"(\?*|\*?)([a-zA-Z0-9\-._]|\\[\\*?!\"#$%&'()+,/:;<=>@\[\]^`{|}~])+(\?*|\*?)|[*\-]"
_TONGUE = r"[a-zA-Z]{2,3}(-([a-zA-Z]{2}|[0-9]{3}))?|[*\-]"
CPE = (
    rf"^(cpe:2\.3:[aho*\-](:({_VALUE})){{5}}(:({_TONGUE}))(:({_VALUE})){{4}}"
    r"|[cC][pP][eE]:/[AHOaho]?(:[A-Za-z0-9._\-~%]*){0,6})$"
)
"""Names of the Common Platform Enumeration 2.3 and 2.2 (NIST IR 7695)."""

LANGUAGE = (
    r"^(([A-Za-z]{2,3}(-[A-Za-z]{3}(-[A-Za-z]{3}){0,2})?|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?"
    r"|[Xx](-[A-Za-z0-9]{1,8})+|[Ii]-[Dd][Ee][Ff][Aa][Uu][Ll][Tt]|[Ii]-[Mm][Ii][Nn][Gg][Oo])$"
)
"""Language tags (BCP 47)."""

_PART = r"(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
INTEGER = r"^(0|[1-9][0-9]*)$"
SEMANTIC = rf"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-{_PART}(\.{_PART})*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$"
VERSION = f"{INTEGER}|{SEMANTIC}"
"""Versions of documents: whole numbers, or semantic versions."""

CWE_VERSION = r"^[1-9]\d*\.([0-9]|[1-9]\d+)(\.\d+)?$"
PRINTED = r"^[^\s\-_.](.*[^\s\-_.])?$"
"""Texts that neither begin nor end with white space, a dash, an underscore or a full stop."""

_OF_ONE = "^({0}{{8}}-({0}{{4}}-){{3}}{0}{{12}})$"
UUID = "|".join(
    ("^([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})$", _OF_ONE.format("0"), _OF_ONE.format("f"))
)
"""Version 4, nothing but zeros, or nothing but f."""
