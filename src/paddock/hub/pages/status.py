# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How something stands: a word, a tone and an icon; rooms map their own values to it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Status:
    """word: for people, translated. tone: of `icons.TONES`. icon: another than the tone's own."""

    tone: str
    word: str | Promise
    icon: str = ""

    def __str__(self) -> str:
        """What an export shows."""
        return str(self.word)
