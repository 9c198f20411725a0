# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Spellings that are one word to licences: British and American, singular and plural, and common slips."""

_SPELLINGS = """
license: licence licenses licences lincense lincence lincenses licens lisense lisence lisenses liscense liscence
    liscese lizenz
licensed: licenced lincensed lincenced
licensing: licencing
licensees: licensee licencee licencees lincensee lincensees
unlicense: unlicence
agplv3: apglv3 agpl30 agpl3
adaptation: adaptations
noncommercial: noncommerical
commercial: commerical
jurisdiction: jurisdictions
acknowledge: acknowledges
acknowledgement: acknowledgements acknowledgment acknowledgments acknowlegements acknowlegement acknowlegdement
    acknowldgement acknowledegement
judgment: judgments judgement judgements
acquire: acquires
accompanies: acompanies
authorize: authorizes authorise authorises
agreement: agreements
"""


def _read(text: str) -> dict[bytes, bytes]:
    canonical: dict[bytes, bytes] = {}
    for entry in text.replace("\n    ", " ").strip().splitlines():
        word, _, others = entry.partition(":")
        canonical.update((other.encode(), word.encode()) for other in others.split())
    return canonical


CANONICAL = _read(_SPELLINGS)
"""The spelling that stands for the word, by each other spelling; all in lower case."""
