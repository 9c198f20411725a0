# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The index: every rule as numbers, with the tables by which exact and approximate matches are found."""

import hashlib
import zlib
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses.array_file import Array, open_arrays
from paddock.engine.scanner.licenses.grams import GRAM
from paddock.engine.scanner.licenses.rules import Kind, LicenseName
from paddock.engine.scanner.licenses.variants import CANONICAL
from paddock.engine.scanner.licenses.words import FIRST_WORD, NEWLINE, PASSED_OVER, PASSED_OVER_WORDS

FORMAT = 1
"""Raised whenever indexes of older versions of Paddock no longer fit."""
_NEWLINE_WORD = b"\x01"
_END_OF_NAME = ord("\n")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What an index says of itself.

    version: names data and format, recorded with every result. expressions: the distinct expressions of rules.
    referenced: of the rules that name files, those names, by rule number.
    """

    format: int
    version: str
    data_version: str
    rules: int
    expressions: list[str]
    referenced: dict[int, tuple[str, ...]]
    licenses: list[LicenseName]


class _Format(msgspec.Struct):
    format: int


def version_of(header: Header, arrays: Mapping[str, Array]) -> str:
    """The version of an index with this content: whatever findings depend on, for they are remembered by it."""
    digest = hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(header, version="")))
    for name in sorted(arrays):
        digest.update(arrays[name].tobytes())
    return f"{header.data_version}-{header.format}-{digest.hexdigest()[:8]}"


class AnchorTable:
    """Where a rule could stand in a text: for each rule its rarest run of `size` words, sorted by hash.

    A bitmap rules out nearly every place of a text before anything is looked up.
    """

    def __init__(self, size: int, arrays: Mapping[str, Array]) -> None:
        self.size = size
        self.hashes: npt.NDArray[np.uint64] = arrays[f"anchor{size}_hashes"]
        self.rules: npt.NDArray[np.int32] = arrays[f"anchor{size}_rules"]
        self.offsets: npt.NDArray[np.int32] = arrays[f"anchor{size}_offsets"]
        self._bitmap: npt.NDArray[np.uint8] = arrays[f"anchor{size}_bitmap"]
        # Those of short rules are small enough to hold a byte for each bit, which is faster to look up.
        self._flags = np.unpackbits(self._bitmap, bitorder="little").view(np.bool_) if size < GRAM else None
        self._shift = np.uint64(64 - (len(self._bitmap).bit_length() + 2))

    def places(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Positions of a text whose grams may be anchors; a few of them are not."""
        if self._flags is None:
            return np.flatnonzero(look_up(self._bitmap, hashes))
        return np.flatnonzero(self._flags[(hashes >> self._shift).view(np.int64)])


def look_up(bitmap: npt.NDArray[np.uint8], hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which hashes have their bit set in a bitmap that `make_bitmap` made; a few of them were not among its own."""
    slots = (hashes >> np.uint64(64 - (len(bitmap).bit_length() + 2))).view(np.int64)
    bits = bitmap[slots >> 3] >> (slots & 7).astype(np.uint8)
    found: npt.NDArray[np.bool_] = (bits & np.uint8(1)).view(np.bool_)
    return found


def make_bitmap(hashes: npt.NDArray[np.uint64], bits: int) -> npt.NDArray[np.uint8]:
    """A bitmap of 2^bits bits with one set for each hash, by the hash's highest bits."""
    bitmap = np.zeros(1 << (bits - 3), dtype=np.uint8)
    slots = (hashes >> np.uint64(64 - bits)).astype(np.int64)
    np.bitwise_or.at(bitmap, slots >> 3, (1 << (slots & 7)).astype(np.uint8))
    return bitmap


class Index:
    """An opened index. Rules are numbers from 0; see the fields of `build.py` for the shapes."""

    def __init__(self, header: Header, arrays: Mapping[str, Array]) -> None:
        self.header = header
        self.words: npt.NDArray[np.uint16] = arrays["rule_words"]
        self.starts: npt.NDArray[np.int32] = arrays["rule_starts"]
        self.lengths: npt.NDArray[np.int32] = arrays["rule_lengths"]
        self.hashes: npt.NDArray[np.uint64] = arrays["rule_hashes"]
        self.kinds: npt.NDArray[np.uint32] = arrays["rule_kinds"]
        self.relevances: npt.NDArray[np.uint8] = arrays["rule_relevances"]
        self.minimum_coverages: npt.NDArray[np.uint8] = arrays["rule_minimum_coverages"]
        self.legal_counts: npt.NDArray[np.int32] = arrays["rule_legal_counts"]
        self.expression_numbers: npt.NDArray[np.uint16] = arrays["rule_expressions"]
        self.is_legal: npt.NDArray[np.bool_] = arrays["legal_words"]
        self.anchors = tuple(AnchorTable(size, arrays) for size in range(1, GRAM + 1))
        self.gram_hashes: npt.NDArray[np.uint32] = arrays["gram_hashes"]
        self.gram_starts: npt.NDArray[np.uint32] = arrays["gram_starts"]
        self.gram_rules: npt.NDArray[np.uint16] = arrays["gram_rules"]
        self.gram_bitmap: npt.NDArray[np.uint8] = arrays["gram_bitmap"]
        self._phrase_starts: npt.NDArray[np.int32] = arrays["phrase_starts"]
        self._phrases: npt.NDArray[np.int32] = arrays["phrases"]
        self._arrays = arrays

    @property
    def version(self) -> str:
        """Names data and format; results record it."""
        return self.header.version

    def is_whole(self) -> bool:
        """Whether the content is that of its version, to the last bit. Reads all of it, which takes a moment."""
        return version_of(self.header, self._arrays) == self.header.version

    @cached_property
    def vocabulary(self) -> dict[bytes, int]:
        """Number by word, with the words that stand for none."""
        words = self._arrays["vocabulary"].tobytes().split(b"\n")
        numbers = dict(zip(words, range(FIRST_WORD, FIRST_WORD + len(words)), strict=True))
        numbers.update((other, numbers[word]) for other, word in CANONICAL.items() if word in numbers)
        numbers.update(dict.fromkeys(PASSED_OVER_WORDS, PASSED_OVER))
        numbers[_NEWLINE_WORD] = NEWLINE
        return numbers

    @cached_property
    def spdx_by_key(self) -> dict[str, str]:
        """SPDX ids by the data's own keys."""
        return {license.key: license.spdx_id for license in self.header.licenses}

    @cached_property
    def _name_ends(self) -> npt.NDArray[np.int64]:
        names = self._arrays["rule_names"]
        return np.append(np.flatnonzero(names == _END_OF_NAME), len(names))

    def may_have_gram(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """Which grams some rule has that may be matched approximately; of a few that is not true."""
        return look_up(self.gram_bitmap, hashes)

    def license_text(self, key: str) -> str:
        """The text of a licence as it stands in the data; "" where the data has none."""
        position = bisect_left(self.header.licenses, key, key=lambda license: license.key)
        if position == len(self.header.licenses) or self.header.licenses[position].key != key:
            return ""
        start, end = self._arrays["license_text_ends"][position : position + 2]
        return zlib.decompress(self._arrays["license_texts"][int(start) : int(end)].tobytes()).decode()

    def name(self, rule: int) -> str:
        """The name of a rule's file."""
        ends = self._name_ends
        start = int(ends[rule - 1]) + 1 if rule else 0
        return str(self._arrays["rule_names"][start : ends[rule]].tobytes(), "utf-8")

    def expression(self, rule: int) -> str:
        """A rule's expression in the data's own keys; "" for false positives."""
        return self.header.expressions[int(self.expression_numbers[rule])]

    def kind(self, rule: int) -> Kind:
        """What a rule is."""
        return Kind(int(self.kinds[rule]))

    def rule_words(self, rule: int) -> npt.NDArray[np.uint16]:
        """The words of a rule's text."""
        start = int(self.starts[rule])
        return self.words[start : start + int(self.lengths[rule])]

    def phrases(self, rule: int) -> list[tuple[int, int]]:
        """The ranges of words of a rule that a match must contain without a gap."""
        found = self._phrases[self._phrase_starts[rule] : self._phrase_starts[rule + 1]]
        return [(int(start), int(end)) for start, end in found]

    def referenced_files(self, rule: int) -> tuple[str, ...]:
        """Names of files in which the licence is said to be."""
        return self.header.referenced.get(rule, ())


def open_index(path: Path) -> Index:
    """Open an index file. Costs some ten milliseconds; the tables are read as they are used.

    Raises Unreadable, with what to do about it.
    """
    try:
        raw, arrays = open_arrays(path)
        if msgspec.json.decode(raw, type=_Format).format != FORMAT:
            raise Unreadable("was made by another version of Paddock")
        return Index(msgspec.json.decode(raw, type=Header), arrays)
    except (KeyError, msgspec.DecodeError) as error:
        raise _advised(path, f"is damaged: {error}") from error
    except Unreadable as error:
        raise _advised(path, error.reason) from error


def _advised(path: Path, reason: str) -> Unreadable:
    return Unreadable(f"The licence index {path} {reason}. Make it anew: paddock license-db build")
