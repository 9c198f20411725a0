# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities on the terminal: by the package that has them, what to do first, then what they are."""

from rich.cells import cell_len
from rich.console import Console

from paddock.cli.characters import NO_BREAK, printable
from paddock.cli.page import Page, Span, steps
from paddock.cli.suppressed import show_suppressed
from paddock.engine.model.inventory import Scope
from paddock.engine.model.result import Result
from paddock.engine.reporter.causes import names_by_ref
from paddock.engine.reporter.remarks import alike_issues, place_of
from paddock.engine.reporter.vulnerable import (
    OLD_DAYS,
    Item,
    VulnerablePackage,
    age_of_data,
    dated,
    exploitation_of,
    exploited,
    is_harmful,
    rated,
    summary_of,
    vulnerable_packages,
)

_STYLES = {"malware": "bad", "critical": "bad", "high": "open", "medium": "note"}
_PACKAGES, _ITEMS, _ISSUES = 8, 5, 5


def show_audit(console: Console, result: Result, *, verbose: bool, seconds: float, suppressed: bool = False) -> None:
    """Print the known vulnerabilities of a result, and nothing else of it."""
    page = Page(console)
    packages = vulnerable_packages(result)
    _headline(page, result, packages, seconds)
    show_packages(page, result, everything=verbose)
    groups = alike_issues(result, hints=verbose)
    page.gap()
    for alike in groups if verbose else groups[:_ISSUES]:
        more = f" (and {len(alike) - 1:,} more like this)" if len(alike) > 1 else ""
        page.say(("could not tell  ", "open"), f"{place_of(alike[0])}: {alike[0].message}{more}", hang=4)
    page.gap()
    show_suppressed(page, result, every=verbose or suppressed)
    if page.cut:
        page.say(("--verbose lists everything, -o report.html writes a report", "quiet"))


def _headline(page: Page, result: Result, packages: tuple[VulnerablePackage, ...], seconds: float) -> None:
    certain = any(is_harmful(item) for package in packages for item in package.certain)
    uncertain = sum(not package.certain for package in packages)
    sentence = summary_of(packages)
    sentence = sentence[0].upper() + sentence[1:]
    if looked_at_nothing(result):
        page.say(("? Nothing was looked up: no file here is of a kind that names packages.", "open"))
    elif certain:
        page.say((f"✗ {sentence}.", "bad"), hang=2)
    elif uncertain:
        noun = "1 package" if uncertain == 1 else f"{uncertain:,} packages"
        page.say((f"? {sentence}, but it could not be told for {noun}.", "open"), hang=2)
    else:
        page.say((f"✓ {sentence}.", "good"), hang=2)
    count = len(result.inventory.components)
    parts = [result.subject.name, f"{count:,} package{'s' * (count != 1)}"]
    if result.advice is not None and result.advice.data is not None:
        parts.append(dated(result.advice.data))
    parts.append(f"{seconds:.1f} s" if seconds >= 0.1 else "under 0.1 s")
    page.listed(parts, indent=2, style="quiet")
    if remark := age_remark(result):
        page.say((remark[0][0].removeprefix("; "), "open"), indent=2)


def looked_at_nothing(result: Result) -> bool:
    """Whether nothing was read that could name a package, which says nothing about vulnerabilities."""
    return not result.inventory.projects and not result.inventory.components


def counted_advisories(count: int) -> str:
    """As in: 17,044 advisories."""
    return "1 advisory" if count == 1 else f"{count:,} advisories"


def show_packages(page: Page, result: Result, *, everything: bool) -> None:
    """Every package with findings that count, the first few of each unless `everything`."""
    packages = vulnerable_packages(result)
    shown = packages if everything or len(packages) <= _PACKAGES + 1 else packages[:_PACKAGES]
    names = names_by_ref(result)
    for package in shown:
        page.gap()
        _package(page, package, names, everything=everything)
    if len(shown) < len(packages):
        page.gap()
        page.more(len(packages) - len(shown), indent=0, what="more packages")


def _package(page: Page, package: VulnerablePackage, names: dict[str, str], *, everything: bool) -> None:
    details = [package.scope.value] if package.scope is not Scope.UNKNOWN else []
    paths = next((item.finding.paths for item in (*package.certain, *package.uncertain) if item.finding.paths), ())
    ways = [steps([names.get(ref, ref) for ref in path[1:-1]]) if len(path) > 2 else "" for path in paths]
    details += filter(None, ways[:1])
    page.say((package.name, "title"), (f"  {', '.join(details)}" if details else "", "quiet"), hang=2)
    for way in filter(None, ways[1:]) if everything else ():
        page.say((f"and {way}", "quiet"), indent=4, hang=6)
    if package.remedy:
        page.say((package.remedy, "good"), indent=2, hang=4)
    elif package.certain:
        page.say(("no fixed version is known", "note"), indent=2)
    limit = None if everything or len(package.certain) <= _ITEMS + 1 else _ITEMS
    width = max((len(item.vulnerability.id) for item in package.certain[:limit]), default=0)
    for item in package.certain[:limit]:
        _item(page, item, width)
        if everything:
            _details(page, item)
    page.more(len(package.certain) - len(package.certain[:limit]), indent=4, what="more")
    if package.uncertain:
        _uncertain(page, package, everything=everything)


def _item(page: Page, item: Item, width: int) -> None:
    """One line: how bad, its name, what it is as far as there is room."""
    vulnerability, finding = item.vulnerability, item.finding
    rating = vulnerability.rating
    score = f"{rating.score:4.1f}" if rating and rating.score is not None else "    "
    flags: list[Span] = []
    if vulnerability.kev:
        flags.append(("exploited ", "bad"))
    if vulnerability.epss and vulnerability.epss.probability >= 0.1:
        flags.append((f"EPSS {vulnerability.epss.probability:.0%} ".replace(" ", NO_BREAK), "open"))
    if finding.assessment is not None:
        flags.append((f"{finding.assessment.status.value.replace('_', ' ')} ", "note"))
    head = f"{item.level:<12} {score}  {vulnerability.id:<{width}}  "
    room = page.console.width - 4 - cell_len(head) - sum(cell_len(flag[0]) for flag in flags)
    text = _fitting(vulnerability.summary, room)
    page.say((head, _STYLES.get(item.level, "quiet")), *flags, (text, "quiet"), indent=4, hang=6)


def _details(page: Page, item: Item) -> None:
    """Who rates it how, what is known of its exploitation, where it is fixed, its other names."""
    vulnerability, fixed = item.vulnerability, item.finding.fixed_versions
    parts = [rated(vulnerability), *exploitation_of(vulnerability)]
    parts += [f"fixed in {', '.join(fixed)}"] if fixed else []
    parts += vulnerability.aliases
    page.listed([part for part in parts if part], indent=8, style="quiet")


def _fitting(text: str, room: int) -> str:
    """The beginning of a text that fits, cut between words."""
    plain = " ".join(printable(text).split())
    if cell_len(plain) <= room:
        return plain
    cut = plain[: max(0, room - 1)].rpartition(" ")[0]
    return f"{cut}…" if cut else ""


def _uncertain(page: Page, package: VulnerablePackage, *, everything: bool) -> None:
    count = len(package.uncertain)
    which = "the one known vulnerability concerns" if count == 1 else f"any of {count:,} known vulnerabilities concerns"
    if package.certain:
        which = which.replace("known", "more")
    reason = package.uncertain[0].finding.reason
    page.say(("could not tell ", "open"), f"whether {which} it: {reason}", indent=4, hang=6)
    if everything:
        page.listed([item.vulnerability.id for item in package.uncertain], indent=6, style="quiet")


def show_summary(page: Page, result: Result) -> None:
    """One paragraph for a summary about more than vulnerabilities: the figures, and how old the advisories are."""
    if result.advice is None:
        return
    if result.advice.data is None:
        page.labelled("security", *(issue.message for issue in result.advice.issues[:1]))
        return
    packages = vulnerable_packages(result)
    style = "bad" if exploited(packages) else ""
    data = (f"; looked up in {dated(result.advice.data)}", "quiet")
    page.labelled("security", (summary_of(packages), style), data, *age_remark(result))


def age_remark(result: Result) -> list[tuple[str, str]]:
    """How old the advisories are, where that is worth saying."""
    age = age_of_data(result)
    if age is None or age <= OLD_DAYS:
        return []
    return [(f"; the advisories are {age:,} days old: run `paddock advisories sync`", "open")]
