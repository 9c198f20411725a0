# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the configurations of Gradle and sbt say about scopes.

Gradle: https://docs.gradle.org/current/userguide/java_plugin.html#resolvable_configurations; sbt (Ivy):
https://www.scala-sbt.org/1.x/docs/Scopes.html.
"""

import re
from collections.abc import Iterable

from paddock.engine.model.inventory import SCOPE_ORDER, Scope

_TEST = re.compile(r"(?:^|[a-z0-9_-])Test|(?:^|[_-])test|^it$", re.ASCII)
_BUILD = re.compile(
    r"^(?:classpath|annotationProcessor|kapt|ksp|compileOnly|provided|checkstyle|pmd|jacoco|spotbugs|spotless|detekt|"
    r"ktlint|errorprone|kotlinCompiler|kotlinBuildTools|kotlinNative|swagger|scala-tool|plugin$)|AnnotationProcessor",
    re.ASCII,
)
_RUNTIME = re.compile(
    r"^(?:runtime|default|api|implementation|releaseRuntime)|[rR]untimeClasspath$|^runtimeOnly$", re.ASCII
)
_COMPILE = re.compile(r"^compile$|[cC]ompileClasspath$", re.ASCII)


def is_runtime(configuration: str) -> bool:
    """Whether a configuration is what a program of the project runs with."""
    return _RUNTIME.search(configuration) is not None and _TEST.search(configuration) is None


def scope_of(configurations: Iterable[str], *, runtime_known: bool) -> Scope:
    """The weightiest scope among the configurations of a component; those of a project's own making tell none.

    runtime_known: the file lists a runtime configuration, so that what only a compile class path has is not shipped.
    """
    scopes = {_scope(configuration, runtime_known=runtime_known) for configuration in configurations}
    known = scopes - {Scope.UNKNOWN}
    return min(known, key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN)


def _scope(configuration: str, *, runtime_known: bool) -> Scope:
    if _TEST.search(configuration):
        return Scope.TEST
    if _RUNTIME.search(configuration):
        return Scope.RUNTIME
    if _COMPILE.search(configuration):
        return Scope.BUILD if runtime_known else Scope.UNKNOWN
    if configuration in {"developmentOnly", "testAndDevelopmentOnly"}:
        return Scope.DEV
    if configuration == "optional":
        return Scope.OPTIONAL
    return Scope.BUILD if _BUILD.search(configuration) else Scope.UNKNOWN
