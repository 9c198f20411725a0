# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Secrets that the hub has to know again, encrypted in the database: a copy of the database alone gives none away.

Fernet (AES-128-CBC with HMAC-SHA256) with a key that HKDF derives from the hub's own key, one for each purpose. What an
earlier key sealed (SECRET_KEY_FALLBACKS) can still be read, and is to be sealed anew before that key is forgotten.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """None of the hub's keys opens this: it was sealed by another one, or changed."""


def seal(text: str, *, purpose: str) -> str:
    """The text as only this hub reads it. purpose: what reads it; nothing that was sealed for another purpose opens."""
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text. Raises Unreadable."""
    try:
        return _keys(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(f"no key of this hub opens what was sealed for {purpose}") from error


def sealed_anew(sealed: str, *, purpose: str) -> str:
    """The same text, sealed by the hub's present key. Raises Unreadable."""
    return seal(unseal(sealed, purpose=purpose), purpose=purpose)


def _keys(purpose: str) -> MultiFernet:
    """The present key first: it seals; each of them opens."""
    return MultiFernet([_key(secret, purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=32)
def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"paddock {purpose}".encode())
    return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))
