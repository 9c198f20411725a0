# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which rows of word classes are a copyright statement: a regular expression over one letter a word, see `tokens.py`."""

import re
from collections.abc import Iterator

_YEARS = r"(?:yd?(?:[,at-]{0,2}[yd]|-?w)*)"
_NAMING = r"[NACueUvD]"
_MORE = rf"""(?:
    (?<![eUuvz])N | (?<![eUuvz])(?<!NA)A | (?<![eUz])[CDuv] | (?<=[eU])[Cv] | [eU] | \([eU]\) | y(?:[-,t]{{1,2}}[yd])*
  | z(?:(?<=n[NA]z)|(?<=n[NA][NA]z)|(?<=n[NAC][NAC][NAC]z)|(?<=[NAC]z)(?=qJ))
  | (?<![eUuvz])P(?={_NAMING}|[(,])
  | (?<![eUuvzC])n(?={_NAMING}) | (?<![eUuvz])n{{2}}(?=[CeUvD])
  | (?<![euz]),{{1,2}}(?:[NACueUyvD] | n{{1,2}}(?={_NAMING}))
  | (?<=e),(?:[CeUyA] | [nq]{{0,2}}[NA]{{1,4}}(?=[eC]))
  | (?<=e)a?[nq]{{0,2}}[NA]{{1,4}}(?=[eC])
  | ,?aE?(?:(?<!ea)(?<!ua)[NA] | [CeUyvA] | [nq](?={_NAMING}) | [nq]{{1,2}}(?=[NC]))
  | (?<![AeUuvzC])o(?:[NCD] | n(?=[NCD]))
  | (?<=C)o[CN]
  | (?<=U),[NAC] | (?<=U),?[nNA]{{1,3}}(?=U) | (?<![eUuvz])O(?=[NA]{{0,2}}[CeU]) | (?<=[uv])n(?=U) | (?<=v)bnu
  | -(?:[NA]{{0,4}}(?=[CeU])) | (?<=A)-[NA]
)"""
_FIRST = rf"""(?:
    [NAC] | e | U | \(U\) | v(?:tn?[NA]{{0,3}}C)? | D(?=o|[NA]{{0,2}}[CeU]) | [nqO](?=[NACeUvDu]) | [nqO]{{1,4}}(?=[CeUvDu]) | P(?=[NAC]) | [nPO]{{1,6}}
)"""
_HOLDER = rf"(?:{_FIRST}{_MORE}*)"
# Without a year there must be something that only a holder's name is.
_SURE = rf"""(?=
    N{_MORE} | A(?:[NCueUyv]|[-A,Pn]{{1,3}}[NCueUy]) | C | e | U | \(U\) | [nq]{{1,4}}[NA]{{0,3}}[CeU] | n[nNA]{{0,2}}y | Do | nNo | n[NA]{{2,3}}v | (?<=b)[NACeU]
)"""
_SIGNED = r"(?=[NA]|[nq][NA][NACueUyvD])"

_STATEMENT = re.compile(
    rf"""
    (?P<named>(?:[NCUe] | n(?=[NC])) (?:[NACUeP,y] | n(?=[NAC]) | (?<=N)[oa](?=n?[NC]))* (?<![A-])
        (?=(?:ks?|s)-?{_YEARS}(?:$|[JEkspz]|-(?!n?{_NAMING})|[nq](?!{_NAMING}|n))))?
    (?P<portions>p(?=[ks])|pJbnnuJ(?=k))?
    (?P<mark>(?:kE?-?)?s+k?|kS?) E?
    (?:
        (?P<years>{_YEARS}(?:,?s(?=[NCb])|,?sy(?=b))?) E? [,-]* (?:b E?)? {_HOLDER}?
      | (?P<undated>[,ot]?(?:b E?)? (?:{_SURE} | (?<=ks){_SIGNED}) {_HOLDER})
    )
    """,
    re.VERBOSE,
)


def statements(kinds: str) -> Iterator[tuple[int, int]]:
    """The statements in a row of word classes, as (first word, word after the last)."""
    for match in _STATEMENT.finditer(kinds):
        yield match.span()
