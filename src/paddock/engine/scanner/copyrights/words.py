# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which words may stand in a copyright statement: the classes of the words that occur around them in source files.

Words are compared without what closes them (`.`, `,`, `)` …). What no table lists is classed by its shape, see
`tokens.py`. Most of the tables are the words of licence headers, which start with a capital letter like a name does.
"""

BREAKS = frozenset(
    """
    ANY AT Act Adapted Add Agreement Alternatively Any Application Available Based Both Build CREATE Change
    Comments Config Contents Contributed Contribution Contributions Covered Created DISCLAIM DISCLAIMS DOT Dec
    Definitions Derivative Derived Description Developed Disclaimer Driver Dual Each Email Everyone Execute Exhibit
    FROM False Feb File Files For Function Functions Generic HOLDER HOLDERS Holder Holders However IDENTIFICATION
    Include Includes Info Insert Interface Introduction Jul Keyword LAW Last Licence License Licensed Licensees
    Licensor MIT Mar Modifications Module Monday NOTICE None Notice Nov OTHER OU OWNER Oct Originally Aug
    PART PERMISSION Package Parser Part Party Permission Please Policy RESERVED RIGHT RIGHTS Released Report
    Represents Reserved Right Rights See Send Since String Subject Terms Test Tests Tools Thanks They This Title
    True URL Unless Usage Use Used User Version WARRANTIES WARRANTY Warning Warranty Whether Windows Written XML You
    added another any anyone are assembly assignment async authority authorization authorized available
    begin behalf both break build caller case cases catch class cleanup collectively config contribute contributed
    contribution contributions created date debugging def default define defined design developed dnl dot earlier elif
    else elseif email end except fall false file following fprintf function functionality functions grant held high
    holder holders identifying if ifndef implementing import include includes information interface interfaces is issue
    keyword keywords knowledge law laws licence licenced license licensed licensee licensing link low maintained
    me means message method methods modification modifications modified module modules must name names namespace neither
    new next no node none nor notice notices null on originally owner al ownership package param part parties
    permission permissions post private providing release released rem remain remains representation
    representations reserved reserves restriction retain return returned returns right rights see self since statement
    statements string struct such switch template test tests than that this throw true try type
    typedef types under url using var visit voluntary warning warnings website whether which whom width within written
    By Maintained Assignment SPDX-License-Identifier E-Mail E-mail e-mail xmlns you yourself author Author YEAR YYYY yyyy year
    """.split()
)
"""Words that end a statement wherever they stand."""

NOUNS = frozenset(
    """
    Added Additional Android Attribution August BSD BUT Before Boolean Bugfixes Builder But CMake COPYING
    Case Category Code Comment Common Commons Compression Compute Contact Contributor Copying Create Custom DISCLAIMED
    DOCUMENTATION DOM Data Date Device Direct Distributed Distribution Docs Document Duration END Entity Every Example
    Examples Except Exception Fixed Flag Free Fri From Further GPL Handler Header Help Helper I IEEE INCLUDING IP IS
    Image Implementation Improved Information Initial Initialize Input January Java JavaScript July Left Legal Library
    Licenses Line Lines List Log Mac Material May Message Mode Modified Mon More NO NOT NULL Name Neither New Note
    Number OR Object Open Original PACKAGE PM POSIX PROVIDED Page Patent Patents Product Promise Public Read
    Redistribution Redistributions Reference Related Revision SOFTWARE Section Sections Service Set Several Size
    Sort Source Sun Support Swap Symbol THE THEREOF THIS TODO TRUE Target Technical Text The There These Time Token
    Trademark Trademarks Tue Under Unicode Update Updated Users VALUE VIEW Volume Web Website When With Work Works
    YOUR Your In If It Do By To As We Of We
    """.split()
)
"""Words with a capital letter that may stand within a holder's name and do not make one."""

NAMES = frozenset(
    """
    electronic various semiconductor daniel An Ok Go St Se Le Li Al Si Ga Ch Sa Ka Dr Yu Yo Lu Lo La Xu Xa Su So Ip
    Fr Do Ar Sp Jr Sr OpenStreetMap
    """.split()
)
"""Words without a capital letter that stand for a name all the same."""

COMPANIES = frozenset(
    """
    AB AG B.V BV Center Centre Co CO Community Company COMPANY Consortium Corp Corporation CORPORATION CORP Foundation
    FOUNDATION GROUP GmbH Gmbh Government Group INC INRIA Inc Incorporated INCORPORATED Institute L.P Lab Labs Laboratory
    Laboratories Limited LLC LLP LTD Ltd LTDA Ltda Microsystems MICROSYSTEMS Project Research SA S.A SAS S.A.S
    SARL S.A.R.L s.r.o S.r.o S.R.O a.s a.s. S.r.l SRL S.p.A SpA Team Technologies Technology TECHNOLOGIES TECHNOLOGY technology community company co corp
    foundation group inc limited ltd project subsidiary subsidiaries team
    """.split()
)
"""What a company, a foundation or a project calls itself at the end of its name."""

PEOPLE = frozenset(
    "Authors AUTHORS authors Developers developers Developer developer Maintainer maintainer Maintainers maintainers".split()
)
OTHERS = frozenset(
    "contributors Contributors CONTRIBUTORS contributor others Others OTHERS affiliates Affiliates committers Committers subsidiary(-ies".split()
)
JOINING = frozenset("and And AND & and/or und et or/and".split())
OF = frozenset("of Of OF di De".split())
PARTICLES = frozenset("de van da du Du University UNIVERSITY".split())
ALL = frozenset("all All ALL some Some other Other its their his Its".split())
COPYRIGHTS = frozenset(
    """copyright copyrights copyrighted copr copyleft copyrightable copyright-holder copyrightholder""".split()
)
"""In lower case."""
TAGS = frozenset({"spdx-filecopyrighttext", "spdx-snippetcopyrighttext"})
"""In lower case; SPDX's tags, which say "copyright" without the word."""
PORTIONS = frozenset("portions parts portion".split())
"""In lower case."""
ABBREVIATIONS = frozenset("Inc Ltd Corp Co inc ltd corp co Corp Pty Pvt Ltda Assoc Bros al".split())
"""Words that keep their full stop at the end of a statement."""
