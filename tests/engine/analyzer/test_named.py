# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Archives that only their file name names, beside manifests that know the package."""

from paddock.engine.analyzer.named import recognise_named
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Edge, Origin, Project, Scope, Usage
from paddock.engine.model.purl import make_purl

ASM = Component(
    purl=make_purl("maven", "asm", "9.1", namespace="org.asm"),
    declared_licenses=("BSD-3-Clause",),
    locations=(Location("app/pom.xml"),),
)
JAR = Component(
    purl=make_purl("generic", "asm", "9.1"), hashes=(Hash("sha1", "00"),), locations=(Location("app/target/app.jar"),)
)
ODD = Component(purl=make_purl("generic", "odd", "1"), locations=(Location("app/target/app.jar"),))


def project(id: str, *refs: str, origin: Origin = Origin.LOCKED) -> Project:
    return Project(id=id, origin=origin, usages=tuple(Usage(ref, Scope.RUNTIME) for ref in sorted(refs)))


def test_a_jar_of_the_projects_own_dependency_is_that_dependency() -> None:
    projects = [project("app/pom.xml", ASM.ref), project("app/target/*.jar", JAR.ref, ODD.ref, origin=Origin.INSTALLED)]
    found, components, edges = recognise_named(projects, [JAR, ODD, ASM], {Edge(ODD.ref, JAR.ref)})
    assert [component.ref for component in components] == [ODD.ref, ASM.ref]
    assert components[1].hashes == JAR.hashes
    assert components[1].declared_licenses == ("BSD-3-Clause",)
    assert {place.path for place in components[1].locations} == {"app/pom.xml", "app/target/app.jar"}
    assert {usage.ref for usage in found[1].usages} == {ASM.ref, ODD.ref}
    assert edges == {Edge(ODD.ref, ASM.ref)}


def test_what_is_not_certain_stays_apart() -> None:
    other = Component(purl=make_purl("maven", "asm", "9.1", namespace="com.other"))
    sources = Component(
        purl=make_purl("maven", "asm", "9.1", namespace="org.asm", qualifiers={"classifier": "sources"})
    )
    place = project("app/target/*.jar", JAR.ref, origin=Origin.INSTALLED)
    for users, components in (
        ([project("app/pom.xml", ASM.ref, other.ref)], [JAR, ASM, other]),
        ([project("other/pom.xml", ASM.ref)], [JAR, ASM]),
        ([project("app/pom.xml", ASM.ref, JAR.ref)], [JAR, ASM]),
        ([project("app/pom.xml", sources.ref)], [JAR, sources]),
        ([project("app/lib/*.jar", ASM.ref, origin=Origin.INSTALLED)], [JAR, ASM]),
    ):
        assert recognise_named([*users, place], components, set()) == ([*users, place], components, set())
