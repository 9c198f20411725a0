# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which rows of word classes are a copyright statement: a regular expression over one letter a word, see `tokens.py`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_YEARS = r"(?:yd?(?:[,at-]{0,2}[yd]|-?w){0,200})"
_NAMING = r"[NACueUvD]"
_MORE = rf"""(?:
    (?<![eUuvz])N | (?<![eUuvz])(?<!NA)A | (?<![eUz])[CDuv] | (?<=[eU])[Cv] | [eU] | \([eU]\) | y(?:[-,t]{{1,2}}[yd])*
  | z(?:(?<=n[NA]z)|(?<=n[NA][NA]z)|(?<=n[NAC][NAC][NAC]z)|(?<=[NAC]z)(?=qJ))
  | (?<![eUuvz])P(?={_NAMING}|[(,])
  | (?<![eUuvzC])n(?={_NAMING}) | (?<![eUuvz])n{{2}}(?=[CeUvD])
  | (?<![euz]),{{1,2}}(?:[NACueUyvD] | n{{1,2}}(?={_NAMING}))
  | (?<=e),(?:[CeUyA] | [nq]{{0,2}}[NA]{{1,4}}(?=[eC]))
  | (?<=e)a?[nq]{{0,2}}[NA]{{1,4}}(?=[eC])
  | (?<!n),?aE?(?:(?<!ea)(?<!ua)[NA] | [CeUyvA] | [nq](?={_NAMING}) | [nq]{{1,2}}(?=[NC]))
  | (?<=n)a(?:[ACeUyv] | [nq](?=[Cv]))
  | (?<![AeUuvzC])o(?:[NCD] | n(?=[NCD]))
  | (?<=u)[NA]{{1,3}}(?=e) | (?<=C)n(?=[NA][NAC])
  | (?<=C)o[CN] | (?<=nu)o(?:[NCD] | n(?=[NCD])) | (?<=e)n(?=U)
  | (?:,?[nqPODzd]){{1,3}}(?=qJ)
  | (?<=U),[NAC] | (?<=U),?[nNA]{{1,3}}(?=U) | (?<![eUuvz])O(?=[NA]{{0,2}}[CeU]) | (?<=[uv])n(?=U) | (?<=v)bnu
  | -(?:[NA]{{0,4}}(?=[CeU])) | (?<=A)-[NA]
)"""
_FIRST = rf"""(?:
    [NAC] | e | U | \(U\) | uo[nNA]{{0,3}}C | v(?:tn?[NA]{{0,3}}C)? | D(?=o|[NA]{{0,2}}[CeU]) | [nqO](?=[NACeUvDu]) | [nqO]{{1,4}}(?=[CeUvDu]) | P(?=[NAC]) | [nPO]{{1,6}}
)"""
_HOLDER = rf"(?:{_FIRST}{_MORE}{{0,400}})"
# Without a year there must be something that only a holder's name is.
_SURE = rf"""(?=
    N{_MORE} | A(?:[NCueUyv]|[-A,Pn]{{1,3}}[NCueUy]) | C | e | U | \(U\) | [nq]{{1,4}}[NA]{{0,3}}n?[CeU] | n[nNA]{{0,2}}y | n?Do | nNo | n[NA]{{2,3}}v | (?<=b)[NACeU]
)"""
_SIGNED = r"(?=[NA]|[nq][NA][NACueUyvD])"

_STATEMENT = re.compile(
    rf"""
    (?P<named>(?:[NCe] | n(?=[NC]) | U(?=[NCe])) (?:[NACUeP,y] | n(?=[NAC]) | (?<=N)[oa](?=n?[NC])){{0,40}} (?<![A-])
        (?=(?:ks?|s)-?{_YEARS}(?:$|[JEkspz]|-(?!n?(?:{_NAMING}|[yd]))|[nq](?!{_NAMING}|n))))?
    (?P<portions>p(?=[ks])|pJbnnuJ(?=k))?
    (?P<mark>(?:kE?-?)?s{{1,3}}k?|kS?) E?
    (?:
        (?P<years>{_YEARS}(?:,?s(?=[NCb])|,?sy(?=b))?) E? [,-]* (?:b E?)? {_HOLDER}?
      | (?P<undated>(?:[ot](?=N))?(?:b E?)? (?:{_SURE} | (?<=ks){_SIGNED}) {_HOLDER})
    )
    """,
    re.VERBOSE,
)


class Span(NamedTuple):
    """A statement in a row of words: its first word, the first after the last, and where its mark begins and ends."""

    start: int
    end: int
    mark: tuple[int, int]


def statements(kinds: str) -> Iterator[Span]:
    """The statements in a row of word classes."""
    for match in _STATEMENT.finditer(kinds):
        first = match.start("portions") if match["portions"] else match.start("mark")
        yield Span(match.start(), match.end(), (first, match.end("mark")))
