# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How bad: scores of CVSS vectors, and the words that databases use, on one scale.

Scores are those of the `cvss` library (https://www.first.org/cvss/ publishes the formulas); levels follow the
qualitative scale of CVSS 3 and 4, which CVSS 2 is put on by its score.
"""

from collections.abc import Iterable

from paddock.engine.formats.osv.record import Advisory, Score
from paddock.engine.model.vulnerability import LEVEL_ORDER, Rating, SeverityLevel

MAX_VECTOR = 300
_WORDS = {
    "critical": SeverityLevel.CRITICAL,
    "high": SeverityLevel.HIGH,
    "important": SeverityLevel.HIGH,
    "medium": SeverityLevel.MEDIUM,
    "moderate": SeverityLevel.MEDIUM,
    "low": SeverityLevel.LOW,
    "negligible": SeverityLevel.LOW,
    "unimportant": SeverityLevel.LOW,
    "none": SeverityLevel.NONE,
}
"""Words of GitHub, Bitnami, Red Hat, Debian and Ubuntu; others ("untriaged", "not yet assigned") rate nothing."""
_STEPS = ((9.0, SeverityLevel.CRITICAL), (7.0, SeverityLevel.HIGH), (4.0, SeverityLevel.MEDIUM))


def level_of(score: float) -> SeverityLevel:
    """The level of a score from 0.0 to 10.0 (CVSS 4.0 specification, section 6)."""
    if score <= 0.0:
        return SeverityLevel.NONE
    return next((level for least, level in _STEPS if score >= least), SeverityLevel.LOW)


def rate_vector(vector: str, source: str = "") -> Rating | None:
    """The rating of a CVSS vector of any version; None when it is none, or lacks mandatory metrics.

    The base score counts, or in CVSS 4.0 the one score there is: metrics of time and environment say something about
    somebody else's environment.
    """
    import cvss  # noqa: PLC0415 # needed while a database is built, and not when one is read

    text = vector.strip().strip("()").rstrip("/")
    if len(text) > MAX_VECTOR:
        return None
    try:
        if text.startswith("CVSS:4"):
            score, method = cvss.CVSS4(text).base_score, "CVSS 4.0"
        elif text.startswith("CVSS:3"):
            score, method = cvss.CVSS3(text).base_score, f"CVSS {text[5:8]}"
        else:
            score, method = cvss.CVSS2(text).base_score, "CVSS 2.0"
    except cvss.CVSSError:
        return None
    except (KeyError, ValueError, ArithmeticError):  # vectors that the library does not expect either
        return None
    number = float(score)
    return Rating(level=level_of(number), score=number, method=method, vector=text, source=source)


def rate_word(word: object, source: str = "") -> Rating | None:
    """The rating of a word; None when it rates nothing."""
    level = _WORDS.get(word.strip().lower()) if isinstance(word, str) else None
    return None if level is None else Rating(level=level, source=source)


def rate_scores(scores: Iterable[Score], source: str) -> list[Rating]:
    """Ratings of severities as records state them; `source` where a score names none of its own."""
    found = []
    for score in scores:
        rating = rate_vector(score.score, score.source or source) if score.type.startswith("CVSS") else None
        rating = rating or rate_word(score.score, score.source or source)
        if rating is not None:
            found.append(rating)
    return found


def rate_advisory(record: Advisory) -> tuple[Rating, ...]:
    """Every rating that a record states, each once, the worst first. Words count only where no score is stated."""
    found = rate_scores(record.severity, record.id)
    for entry in record.affected:
        found += rate_scores(entry.severity, record.id)
        if isinstance(vector := entry.details.get("cvss"), str) and (rating := rate_vector(vector, record.id)):
            found.append(rating)  # RustSec, before records had severities
    found += _bare_scores(record)
    if not found:
        words = [record.details.get("severity"), *(_word(entry.details) for entry in record.affected)]
        found += [rating for word in words if (rating := rate_word(word, record.id))]
    return worst_first(found)


def _bare_scores(record: Advisory) -> list[Rating]:
    """Scores without vectors, as RubySec keeps them."""
    found = []
    for name, method in (("cvss_v2", "CVSS 2.0"), ("cvss_v3", "CVSS 3.x"), ("cvss_v4", "CVSS 4.0")):
        score = record.details.get(name)
        if isinstance(score, int | float) and not isinstance(score, bool) and 0.0 <= score <= 10.0:
            found.append(Rating(level=level_of(score), score=float(score), method=method, source=record.id))
    return found


def worst_first(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """Each rating once, the worst first; of equals the newest method, then by source."""
    return tuple(sorted(dict.fromkeys(ratings), key=_weight))


def _weight(rating: Rating) -> tuple[int, float, tuple[int, ...], str, str]:
    newest = tuple(-ord(char) for char in rating.method)
    return LEVEL_ORDER[rating.level], -(rating.score or 0.0), newest, rating.source, rating.vector


def _word(details: dict[str, object]) -> object:
    return details.get("severity") or details.get("urgency") or details.get("ubuntu_priority")
