# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Verdicts in one sentence, in the reader's language. The engine writes them in English, and they are stored so."""

import re
from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Match = re.Match[str]


def in_words(sentence: str) -> str:
    """A sentence of `engine.evaluator.sentence` in the language of the request; another sentence as it is."""
    for pattern, write in WHOLE:
        if match := pattern.fullmatch(sentence):
            return write(match)
    return sentence


def _not_compliant(match: Match) -> str:
    causes = _counted(match[1], lambda count: ngettext("%(count)s cause", "%(count)s causes", count))
    packages = _counted(match[2], lambda count: ngettext("in %(count)s package", "in %(count)s packages", count))
    return _("Not compliant: %(causes)s %(packages)s.") % {"causes": causes, "packages": packages}


def _undecided(match: Match) -> str:
    return _("Undecided: %(parts)s.") % {"parts": "; ".join(map(_part, match[1].split("; ")))}


def _compliant(match: Match) -> str:
    parts = re.split(r", (?=\d[\d,]* [a-z])", match[1])
    return _("Compliant: %(parts)s.") % {"parts": ", ".join(map(_part, parts))}


def _part(text: str) -> str:
    for pattern, write in PARTS:
        if match := pattern.fullmatch(text):
            return write(match)
    return text


def _incomplete(match: Match) -> str:
    return _("the analysis is incomplete (%(what)s)") % {"what": match[1]}


def _packages(match: Match) -> str:
    return _counted(match[1], lambda count: ngettext("%(count)s package", "%(count)s packages", count))


def _unlicensed(match: Match) -> str:
    return _counted(
        match[1],
        lambda count: ngettext(
            "%(count)s package has no known licence", "%(count)s packages have no known licence", count
        ),
    )


def _questions(match: Match) -> str:
    questions = _counted(match[1], lambda count: ngettext("%(count)s open question", "%(count)s open questions", count))
    packages = _counted(match[2], lambda count: ngettext("about %(count)s package", "about %(count)s packages", count))
    return f"{questions} {packages}"


def _waived(match: Match) -> str:
    return _counted(match[1], lambda count: ngettext("%(count)s waived", "%(count)s waived", count))


def _warnings(match: Match) -> str:
    return _counted(match[1], lambda count: ngettext("%(count)s warning", "%(count)s warnings", count))


def _counted(figure: str, words: Callable[[int], str]) -> str:
    count = int(figure.replace(",", ""))
    return words(count) % {"count": number_format(count, force_grouping=True)}


Patterns = tuple[tuple[re.Pattern[str], Callable[[Match], str]], ...]
N = r"(\d[\d,]*)"
WHOLE: Patterns = (
    (re.compile(rf"Not compliant: {N} causes? in {N} packages?\."), _not_compliant),
    (re.compile(r"Undecided: (.+)\."), _undecided),
    (re.compile(r"Compliant: (.+)\."), _compliant),
)
PARTS: Patterns = (
    (re.compile(r"the analysis is incomplete \((.*)\)"), _incomplete),
    (re.compile(rf"{N} packages? (?:has|have) no known licence"), _unlicensed),
    (re.compile(rf"{N} open questions? about {N} packages?"), _questions),
    (re.compile(rf"{N} packages?"), _packages),
    (re.compile(rf"{N} waived"), _waived),
    (re.compile(rf"{N} warnings?"), _warnings),
)
