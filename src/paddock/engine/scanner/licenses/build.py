# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Builds the index from rules: words to numbers, anchors for exact matches, gram lists for approximate ones.

Arrays, with r rules, t words in all rules, g distinct grams:
rule_words (t,) · rule_starts, rule_lengths, rule_hashes, rule_kinds, rule_relevances, rule_minimum_coverages,
rule_legal_counts, rule_expressions (r,) · phrases (p, 2) with phrase_starts (r + 1,) · anchorN_hashes, _rules,
_offsets (rules of N words; 4: of four and more) and _bitmap · gram_hashes (g,) ascending, gram_starts (g + 1,) into
gram_rules · vocabulary and rule_names as text, legal_words by word number · license_texts, each compressed, cut by
license_text_ends (l + 1,) in the order of the licences' keys.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.array_file import Array
from paddock.engine.scanner.licenses.common_words import is_common
from paddock.engine.scanner.licenses.grams import GRAM, gram_hashes, whole_hash
from paddock.engine.scanner.licenses.index import FORMAT, Header, make_bitmap, version_of
from paddock.engine.scanner.licenses.rules import Kind, LicenseName, Rule, relevance_by_length
from paddock.engine.scanner.licenses.words import FIRST_WORD, rule_words
from paddock.engine.spdx.licenses import newer_ids_by_key

MIN_APPROXIMATE_LENGTH = 5
"""Shorter rules are found as they stand or not at all."""
_ANCHOR_BITS = {1: 16, 2: 18, 3: 19, 4: 22}
_GRAM_BITS = 24
_MIN_LEGAL_KEYS = 3
_LICENSE_SUFFIX = ".LICENSE"
_NOT_LISTED = "LicenseRef-"

Progress = Callable[[int, int], None]


class PreparedRule(msgspec.Struct, frozen=True):
    """A rule with its words: texts, the ranges of required phrases, and the words as numbers."""

    rule: Rule
    words: list[bytes]
    phrases: list[tuple[int, int]]


def build_index(
    rules: Sequence[Rule], licenses: Sequence[LicenseName], data_version: str, progress: Progress = lambda *_: None
) -> tuple[bytes, dict[str, Array]]:
    """The header (JSON) and arrays of an index, for `array_file.write_arrays`. Rules without words are left out.

    progress is called with (rules done, all rules).
    """
    prepared = []
    for done, rule in enumerate(sorted(rules, key=lambda one: one.name)):
        words, phrases = rule_words(rule.text)
        if words:
            prepared.append(PreparedRule(rule, words, phrases))
        if done % 500 == 0:
            progress(done, len(rules))
    vocabulary = sorted({word for one in prepared for word in one.words})
    if len(vocabulary) + FIRST_WORD > 1 << 16:
        raise ValueError("the rules have more than 65,533 different words")
    number_of = {word: number for number, word in enumerate(vocabulary, FIRST_WORD)}
    texts = [np.array([number_of[word] for word in one.words], dtype=np.uint16) for one in prepared]
    is_legal = _legal_words(prepared, vocabulary)
    arrays = _rule_arrays(prepared, texts, is_legal)
    arrays |= _anchor_arrays(texts)
    arrays |= _gram_arrays(texts, arrays["rule_kinds"])
    arrays["legal_words"] = is_legal
    arrays["vocabulary"] = np.frombuffer(b"\n".join(vocabulary), dtype=np.uint8)
    arrays |= _license_text_arrays(rules, licenses)
    names = "\n".join(one.rule.name for one in prepared)
    arrays["rule_names"] = np.frombuffer(names.encode(), dtype=np.uint8)
    progress(len(rules), len(rules))
    return msgspec.json.encode(_header(prepared, licenses, data_version, arrays)), arrays


def _header(
    prepared: list[PreparedRule], licenses: Sequence[LicenseName], data_version: str, arrays: dict[str, Array]
) -> Header:
    expressions, numbers = np.unique([one.rule.expression for one in prepared], return_inverse=True)
    arrays["rule_expressions"] = numbers.astype(np.uint16)
    newer = newer_ids_by_key()
    header = Header(
        format=FORMAT,
        version="",
        data_version=data_version,
        rules=len(prepared),
        expressions=[str(expression) for expression in expressions],
        referenced={
            number: one.rule.referenced_files for number, one in enumerate(prepared) if one.rule.referenced_files
        },
        licenses=sorted((_up_to_date(license, newer) for license in licenses), key=lambda one: one.key),
    )
    return msgspec.structs.replace(header, version=version_of(header, arrays))


def _up_to_date(license: LicenseName, newer: Mapping[str, str]) -> LicenseName:
    """The licence with the SPDX id that it has got since the data was made; its former id stays known."""
    spdx_id = newer.get(license.key)
    if spdx_id is None or not license.spdx_id.startswith(_NOT_LISTED):
        return license
    return msgspec.structs.replace(license, spdx_id=spdx_id, other_spdx_ids=(*license.other_spdx_ids, license.spdx_id))


def _license_text_arrays(rules: Sequence[Rule], licenses: Sequence[LicenseName]) -> dict[str, Array]:
    """The texts of the licences as they stand, in the order of the header's licences; empty where there is none."""
    text_of = {
        rule.name.removesuffix(_LICENSE_SUFFIX): rule.text for rule in rules if rule.name.endswith(_LICENSE_SUFFIX)
    }
    keys = sorted(license.key for license in licenses)
    texts = [zlib.compress(text_of.get(key, "").strip().encode(), 9) for key in keys]
    ends = np.cumsum([0, *(len(text) for text in texts)])
    return {
        "license_texts": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "license_text_ends": ends.astype(np.uint32),
    }


def _legal_words(prepared: list[PreparedRule], vocabulary: list[bytes]) -> npt.NDArray[np.bool_]:
    """By word number: whether a word says something about licences.

    It does when rules of several licences use it and it is no everyday word of English or of programs.
    """
    users: dict[bytes, set[str]] = {}
    for one in prepared:
        if Kind.FALSE_POSITIVE not in one.rule.kinds:
            for word in set(one.words):
                users.setdefault(word, set()).add(one.rule.expression)
    legal = np.zeros(FIRST_WORD + len(vocabulary), dtype=np.bool_)
    for number, word in enumerate(vocabulary, FIRST_WORD):
        legal[number] = len(users.get(word, ())) >= _MIN_LEGAL_KEYS and not is_common(word)
    return legal


def _rule_arrays(
    prepared: list[PreparedRule], texts: list[npt.NDArray[np.uint16]], is_legal: npt.NDArray[np.bool_]
) -> dict[str, Array]:
    lengths = np.array([len(text) for text in texts], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
    legal_counts = np.array([int(is_legal[text].sum()) for text in texts], dtype=np.int32)
    phrase_counts = [len(one.phrases) for one in prepared]
    phrases = [phrase for one in prepared for phrase in one.phrases]
    return {
        "rule_words": np.concatenate(texts),
        "rule_starts": starts,
        "rule_lengths": lengths,
        "rule_hashes": np.array([whole_hash(text) for text in texts], dtype=np.uint64),
        "rule_kinds": np.array(
            [_kinds(one, int(count)) for one, count in zip(prepared, legal_counts, strict=True)], dtype=np.uint32
        ),
        "rule_relevances": np.array([_relevance(one) for one in prepared], dtype=np.uint8),
        "rule_minimum_coverages": np.array([one.rule.minimum_coverage for one in prepared], dtype=np.uint8),
        "rule_legal_counts": legal_counts,
        "phrases": np.array(phrases, dtype=np.int32).reshape(-1, 2),
        "phrase_starts": np.concatenate([[0], np.cumsum(phrase_counts)]).astype(np.int32),
    }


def _relevance(one: PreparedRule) -> int:
    stated = one.rule.relevance
    return relevance_by_length(len(one.words)) if stated is None else stated


def _kinds(one: PreparedRule, legal_count: int) -> int:
    kinds = one.rule.kinds
    whole = Kind.FALSE_POSITIVE | Kind.CONTINUOUS | Kind.REQUIRED_PHRASE
    is_loose = not kinds & whole and one.rule.minimum_coverage < 100
    if is_loose and len(one.words) >= MIN_APPROXIMATE_LENGTH and legal_count:
        kinds |= Kind.APPROXIMATE
    if "unknown" in one.rule.expression:
        kinds |= Kind.UNKNOWN
    return int(kinds)


def _anchor_arrays(texts: list[npt.NDArray[np.uint16]]) -> dict[str, Array]:
    """Each rule by its rarest run of GRAM words, or by all its words if it has fewer."""
    arrays: dict[str, Array] = {}
    for size in range(1, GRAM + 1):
        members = [rule for rule, text in enumerate(texts) if len(text) == size or (size == GRAM and len(text) > size)]
        grams = [gram_hashes(texts[rule], size) for rule in members]
        every, counts = np.unique(np.concatenate([*grams, np.empty(0, np.uint64)]), return_counts=True)
        offsets = [int(counts[np.searchsorted(every, found)].argmin()) for found in grams]
        hashes = np.array([found[offset] for found, offset in zip(grams, offsets, strict=True)], dtype=np.uint64)
        order = np.argsort(hashes, kind="stable")
        arrays[f"anchor{size}_hashes"] = hashes[order]
        arrays[f"anchor{size}_rules"] = np.array(members, dtype=np.int32)[order]
        arrays[f"anchor{size}_offsets"] = np.array(offsets, dtype=np.int32)[order]
        arrays[f"anchor{size}_bitmap"] = make_bitmap(hashes, _ANCHOR_BITS[size])
    return arrays


def _gram_arrays(texts: list[npt.NDArray[np.uint16]], kinds: npt.NDArray[np.uint32]) -> dict[str, Array]:
    """Which rules contain a gram, for the rules that may be matched approximately."""
    members = np.flatnonzero(kinds & np.uint32(Kind.APPROXIMATE))
    grams = [np.unique(gram_hashes(texts[rule])) for rule in members]
    hashes = (np.concatenate([*grams, np.empty(0, np.uint64)]) >> np.uint64(32)).astype(np.uint32)
    rules = np.repeat(members, [len(found) for found in grams]).astype(np.uint16)
    order = np.argsort(hashes, kind="stable")
    every, starts = np.unique(hashes[order], return_index=True)
    return {
        "gram_hashes": every,
        "gram_starts": np.append(starts, len(order)).astype(np.uint32),
        "gram_rules": rules[order],
        "gram_bitmap": make_bitmap(every.astype(np.uint64) << np.uint64(32), _GRAM_BITS),
    }
