# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Languages: known ones, a translation says from which, and not into the same (6.1.12, 6.1.15, 6.1.28).

Of the registry of subtags (https://www.iana.org/assignments/language-subtag-registry), languages and regions of two
letters are known here, which are nearly all in use; longer subtags are taken as they come.
"""

import re
from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LANGUAGES = _codes(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it "
    "iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo "
    "mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh "
    "si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
    "yi yo za zh zu "
)
_REGIONS = _codes(
    "ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bu bv "
    "bw by bz ca cc cd cf cg ch ci ck cl cm cn co cp cq cr cs cu cv cw cx cy cz dd de dg dj dk dm do dz ea ec ee eg "
    "eh er es et eu ez fi fj fk fm fo fr fx ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht "
    "hu ic id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv "
    "ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nt nu nz "
    "om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss "
    "st su sv sx sy sz ta tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug um un us uy uz va vc ve vg vi vn "
    "vu wf ws xk yd ye yt yu za zm zr zw "
)
_PRIVATE_REGION = re.compile(r"aa|q[m-z]|x[a-z]|zz")
_NAMES = ("lang", "source_lang")


def unknown_languages(advisory: Advisory) -> Iterator[Finding]:
    """6.1.12"""
    for name in _NAMES:
        language = fields.text(advisory.document, name)
        if language and (unknown := _unknown(language.lower())):
            yield f"document.{name}", f"{language[:60]!r} is no known language: there is no {unknown}"


def _unknown(tag: str) -> str:
    """What is not known in a tag, for people; "" when everything is."""
    subtags = tag.split("-")
    if subtags[0] in ("x", "i"):
        return ""
    if len(subtags[0]) == 2 and subtags[0] not in _LANGUAGES:
        return f"language {subtags[0]}"
    for subtag in subtags[1:]:
        if len(subtag) == 1:
            break
        if len(subtag) == 2 and subtag not in _REGIONS and not _PRIVATE_REGION.fullmatch(subtag):
            return f"region {subtag.upper()}"
    return ""


def translations_without_source(advisory: Advisory) -> Iterator[Finding]:
    """6.1.15"""
    if fields.text(fields.record(advisory.document, "publisher"), "category") != "translator":
        return
    if "source_lang" not in advisory.document:
        yield "document.source_lang", "it is missing, and the publisher is a translator"
    elif not fields.text(advisory.document, "source_lang"):
        yield "document.source_lang", "it has no value, and the publisher is a translator"


def translations_into_the_same(advisory: Advisory) -> Iterator[Finding]:
    """6.1.28"""
    target, source = (fields.text(advisory.document, name) for name in _NAMES)
    if source and target.lower() == source.lower():
        yield "document.source_lang", f"the document is in {target} as well"


RULES = (
    Rule("6.1.12", "language", unknown_languages),
    Rule("6.1.15", "translator", translations_without_source),
    Rule("6.1.28", "translation", translations_into_the_same),
)
