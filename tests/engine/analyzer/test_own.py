# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tree's own projects, met again as built or installed packages."""

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.own import recognise_own
from paddock.engine.model.component import Component, Location
from paddock.engine.model.inventory import Edge, Origin, Project, Scope, Usage
from paddock.engine.model.purl import make_purl
from tests.engine.analyzer.extractors.extraction import edges, inventory, refs, usages


def project(id: str, name: str, version: str = "", *uses: str, origin: Origin = Origin.DECLARED) -> Project:
    return Project(
        id=id,
        origin=origin,
        name=name,
        version=version,
        purl=make_purl("maven", name, version, namespace="g") if name else None,
        usages=tuple(Usage(ref, Scope.RUNTIME, True) for ref in sorted(uses)),
    )


def jar(name: str, version: str, *paths: str) -> Component:
    purl = make_purl("maven", name, version, namespace="g")
    return Component(purl=purl, locations=tuple(map(Location, paths)), declared_licenses=("MIT",))


def test_a_jar_built_from_the_tree_is_the_project() -> None:
    built, library = jar("app", "1.0", "app/target/app-1.0.jar"), jar("lib", "2", "app/target/app-1.0.jar")
    place = project("app/target/*.jar", "", "", built.ref, library.ref, origin=Origin.INSTALLED)
    projects, components, found = recognise_own(
        [project("app/pom.xml", "app", "1.0"), place], [built, library], {Edge(built.ref, library.ref)}
    )
    assert components == [library]
    assert found == {Edge("app/pom.xml", library.ref)}
    assert {usage.ref for usage in projects[1].usages} == {"app/pom.xml", library.ref}
    assert projects[0].declared_licenses == ("MIT",)


def test_what_somebody_else_distributes_stays_a_component() -> None:
    stranger = jar("app", "1.0", "lib/app-1.0.jar")
    older = jar("app", "0.9", "app/target/app-0.9.jar")
    asked = jar("app", "1.0", "app/pom.xml")
    pom = project("app/pom.xml", "app", "1.0")
    for component, other in (
        (stranger, project("lib/*.jar", "", "", stranger.ref, origin=Origin.INSTALLED)),
        (older, project("app/target/*.jar", "", "", older.ref, origin=Origin.INSTALLED)),
        (asked, project("app/test/pom.xml", "test", "1", asked.ref)),
    ):
        projects, components, _ = recognise_own([pom, other], [component], ())
        assert components == [component]
        assert projects == [pom, other]


def test_a_module_of_the_tree_inside_another_modules_archive_is_that_module() -> None:
    core = jar("core", "1.0", "web/target/web.war")
    poms = [project("core/pom.xml", "core", "1.0"), project("web/pom.xml", "web", "1.0", "core/pom.xml")]
    place = project("web/target/*.war", "", "", core.ref, origin=Origin.INSTALLED)
    projects, components, _ = recognise_own([*poms, place], [core], ())
    assert components == []
    assert [usage.ref for usage in projects[2].usages] == ["core/pom.xml"]


def test_the_project_in_its_own_virtual_environment() -> None:
    site = ".venv/lib/python3.12/site-packages"
    found = inventory(
        python.EXTRACTORS,
        {
            "pyproject.toml": '[project]\nname = "My_App"\ndynamic = ["version"]\ndependencies = ["lib==2"]\n',
            f"{site}/my_app-1.1.dist-info/METADATA": (
                "Metadata-Version: 2.4\nName: my-app\nVersion: 1.1\nLicense-Expression: MIT\nRequires-Dist: lib\n"
            ),
            f"{site}/lib-2.dist-info/METADATA": "Metadata-Version: 2.4\nName: lib\nVersion: 2\n",
        },
    )
    assert refs(found) == ["pkg:pypi/lib@2"]
    (own,) = (one for one in found.projects if one.id == "pyproject.toml")
    assert (own.version, str(own.purl), own.declared_licenses) == ("1.1", "pkg:pypi/my-app@1.1", ("MIT",))
    assert edges(found) == {("pyproject.toml", "pkg:pypi/lib@2")}
    assert set(usages(found, site)) == {"pkg:pypi/lib@2", "pyproject.toml"}


def test_a_development_version_is_spelt_out_when_it_is_built() -> None:
    built = Component(purl=make_purl("pypi", "app", "3.2.0.dev0"), locations=(Location(".venv/a.dist-info/METADATA"),))
    source = Project(
        id="pyproject.toml",
        origin=Origin.LOCKED,
        name="app",
        version="3.2.0.dev",
        purl=make_purl("pypi", "app", "3.2.0.dev"),
    )
    projects, components, _ = recognise_own([source], [built], ())
    assert (projects, components) == ([source], [])
