# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""For fuzzing with structure: values of any JSON type in the places where a format expects something particular."""

import json
from typing import Any

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["a", "b", "1.0", "==1.0", "../x", ".", "git", "https://example.org/a-1.0.tar.gz", "sha256:ab", ""]
)

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**30) | st.floats(allow_nan=False, allow_infinity=False) | WORDS
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def tables(*keys: str, value: st.SearchStrategy[Any] = VALUES) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings in which any of the keys may stand, with anything as value."""
    return st.dictionaries(st.sampled_from(keys), value, max_size=len(keys))


def toml(document: dict[str, Any]) -> str:
    """A mapping as TOML; what TOML cannot say (null) is left out."""
    return "".join(
        f"{json.dumps(str(key))} = {_inline(value)}\n" for key, value in document.items() if value is not None
    )


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))} = {_inline(inner)}" for key, inner in value.items() if inner is not None)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(inner) for inner in value if inner is not None) + "]"
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    return json.dumps(value)
