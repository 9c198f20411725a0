# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How a receiver knows that a message is ours, unchanged and fresh: HMAC-SHA256 over its time and its text."""

import hashlib
import hmac


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of `Paddock-Signature`: "t=SECONDS,v1=HEX", HEX over "SECONDS.BODY"."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
