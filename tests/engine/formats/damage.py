# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents damaged in every way, for tests that readers end in a document or a refusal and in nothing else."""

import copy
from typing import Any

from hypothesis import strategies as st

WORDS = [
    "NOASSERTION",
    "NONE",
    "",
    "SPDXRef-DOCUMENT",
    "SPDXRef-app",
    "_:x",
    "DEPENDS_ON",
    "CONTAINS",
    "dependsOn",
    "(((",
    "pkg:",
]
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged_values(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """A JSON document with up to three of its values, wherever they stand, replaced, removed or doubled."""
    value = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        place: Any = value
        while True:
            if not place:
                break
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 5)):
                place = place[key]
                continue
            if isinstance(place, list) and draw(st.booleans()):
                place.append(copy.deepcopy(place[key]))
            elif draw(st.integers(0, 3)):
                place[key] = draw(JSON_VALUES)
            else:
                del place[key]
            break
    return value


@st.composite
def damaged_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes cut off, or with a stretch of them replaced or repeated."""
    start = draw(st.integers(0, len(data)))
    if draw(st.booleans()):
        return data[:start]
    end = min(len(data), start + draw(st.integers(0, 40)))
    return data[:start] + draw(st.binary(max_size=20) | st.just(data[start:end] * 2)) + data[end:]
