# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which rows of words are a copyright statement: regular expressions over one letter a word, the classes of `words.py`.

A statement is a mark, years and a holder; or a mark and something that can only be a holder; or names, a mark and
years. Written from what ScanCode 32.5 answers to rows of words of every class, up to three of them behind a mark.
All repetitions are bounded, so that work is linear in the number of words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAMING = r"[NACueUvD]"
"""What may end a holder, so that nouns before it belong to the name."""

_YEARS = r"(?:yd?(?:[,at-]{0,2}[yd]|[-a]?w){0,200})"

_FIRST = r"""(?:
    [NAC] | e | U | \(U\)
  | uo[nNA]{0,3}C                       # developers of the Example Project
  | v(?:tn?[NA]{0,3}C)?                 # contributors to the Example Project
  | D(?=o|[NA]{0,2}[CeU])               # University of …
  | [nqOi](?=[NCeUvDu]|A[NCeUuv])       # the Example …
  | [nqOi]{1,4}(?=[CeUvDu])             # the free software foundation
  | P(?=[NAC])
  | [nPOi]{1,6}                         # a nickname, a name in small letters
)"""

_MORE = r"""(?:
    (?<![eUuvz])(?:(?<!NNy)N | N(?=[NACaDn])) | (?<![eUuvz])(?:(?<!NA)A | A(?=C))
  | (?<![eUz])[CDuv] | (?<=[eU])[Cv] | [eU] | \([eU]\)
  | y(?:[-,t]{1,2}[yd])* | yb(?=[NAC])
  | z(?:(?<=n[NAC]z)|(?<=n[NAC][NAC]z)|(?<=n[NAC][NAC][NAC]z)|(?<=[NAC]z)(?=R))   # the Example Authors.
  | (?<![eUuvz])P(?=[CueUvD]|[(,]|av) | (?<![eUuvz])(?<![NAC][NA])(?:P|(?<!A)O)(?=[NA])
  | (?<![eUuvzC])n(?=[CueUvD]) | (?<![eUuvzC])(?<![NAC][NA])n(?=[NA])           # Ada of the Byron Foundation
  | (?<![eUuvzC])n{1,2}(?=[NA]{0,2}C) | (?<![eUuvz])n{2}(?=[CeUvD]) | (?<=C)n(?=[NA][NAC]|[eUD])
  | (?<![eUuvz])O(?=[NA]{0,2}[CeU])                                           # Example (Example Inc.)
  | (?<![euz]),{1,2}(?:[NACueUyvD] | n{1,2}(?=[NACeUD]))
  | (?<=e),(?:[nq]{0,2}[NA]{2,4} | [CeUyA] | [nq]{0,2}[NA]{1,4}(?=[eC])) # A <a@example.org>, B <b@example.org>
  | (?<=e)a?[nq]{0,2}[NA]{1,4}(?=[eC]) | (?<=e)[NA]{2,4} | (?<=e)n{1,2}(?=C)
  | (?<=u)[NA]{1,3}(?=e) | X(?=[eU])
  | (?<!n),?aE?(?:(?<!ea)(?<!ua)[NA] | D(?=o) | [CeUyvA] | [nqi](?=[NACeUvD]) | [nq]{1,2}(?=[NC]))
  | (?<=n)a(?:[ACeUyv] | [nq](?=[Cv]))
  | (?<![AeUuvzC])o(?:[NCD] | n(?=[NCD])) | (?<=C)o[CN] | (?<=nu)o(?:[NCD] | n(?=[NCD]))
  | (?<![eUuvz])i(?:[NCD] | n{1,2}(?=[NCD]))                                  # Software in the Public Interest
  | [NACnqPODzduvioa,]{1,8}(?=R)                                              # … all rights reserved
  | (?<=U),[NAC] | (?<=U),?[nNA]{1,3}(?=U) | (?<=[uv])n(?=U)
  | (?<=v)bnu                                                                   # contributors by the @authors
  | -[NA]{0,4}(?=[CeU]) | (?<=A)-[NA]
)"""

_HOLDER = rf"(?:{_FIRST}{_MORE}{{0,400}})"

_SURE = rf"""(?=
    N{_MORE}
  | A(?:[NCueUyv]|[-A,Pn]{{1,3}}[NCueUy])   # capitals alone are shouting
  | C | e | U | \(U\)
  | [nq]{{1,4}}[NA]{{0,3}}n?[CeU]
  | n[nNA]{{0,2}}y
  | n?Do | nNo
  | [nq]v | n[NA]{{2,3}}v | n[NA]{{1,4}}[uvz]R
  | (?<=b)[NACeU]
)"""
"""What makes a holder sure where there is no year."""

_SIGNED = r"(?=[NA]|[nq][NA][NACueUyvD])"
"""What is enough without a year after "copyright (c)"."""

_NAMED = rf"""
    (?:[NCe] | n(?=[NC]) | U(?=[NCe])) (?:[NACUeP,y] | n(?=[NAC]) | (?<=N)[oa](?=n?[NC])){{0,40}} (?<![A-])
    (?=(?:ks?|s)-?{_YEARS}(?:$|[JRkspz]|E(?!n?{_NAMING})|-(?!n?(?:{_NAMING}|[yd]))|[nq](?!{_NAMING}|n)))
"""
"""Names before a mark with a year after which nobody is named."""

_STATEMENT = re.compile(
    rf"""
    (?P<named>{_NAMED})?
    (?P<portions>p(?=[ks])|pJbnnuJ(?=k))?   # the second is MPL's "Portions created by the Initial Developer are"
    (?P<mark>(?:kE?-?(?!s[nq]v|sb[NA](?!{_MORE})))?s{{1,3}}k?|kS?|kM(?=y)|kH(?=N[NCu])) E?
    (?:
        {_YEARS}(?:,?s(?=[NCb])|,?sy(?=b))? E? [,-]* (?:bE?)? {_HOLDER}?
      | (?:[ot](?=N))? (?:bE?)? (?:{_SURE} | (?<=ks){_SIGNED}) {_HOLDER}
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
    """The statements in a row of word classes, from left to right."""
    for match in _STATEMENT.finditer(kinds):
        first = match.start("portions") if match["portions"] else match.start("mark")
        yield Span(match.start(), match.end(), (first, match.end("mark")))
