# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The composition root: the default plug-ins, the policy and the configuration in force, put together once."""

from pathlib import Path

import msgspec

from paddock import __version__
from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors import (
    conda,
    cpp,
    dart,
    dotnet,
    elixir,
    erlang,
    github,
    go,
    haskell,
    java,
    javascript,
    julia,
    linux,
    perl,
    php,
    python,
    r,
    ruby,
    rust,
    sbom,
    swift,
)
from paddock.engine.model.errors import EngineError
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.run import Settings
from paddock.engine.policy import ort, read_configuration
from paddock.engine.policy.configuration import Configuration, combine
from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.spdx.licenses import list_version

EXTRACTOR_GROUPS = (
    javascript, python, java, go, rust, ruby, php, dotnet, dart, swift, elixir, erlang, haskell, r, julia, conda, perl,
    cpp, linux, github, sbom,
)  # fmt: skip
EXTRACTORS: tuple[Extractor, ...] = tuple(extractor for group in EXTRACTOR_GROUPS for extractor in group.EXTRACTORS)
TOOL = Tool("Paddock", __version__)
MAX_FILE_BYTES = 16 * 1024 * 1024
"""No policy or configuration file larger than this is read."""


class MissingFile(EngineError):
    """A policy or configuration file that was asked for cannot be read."""


def build(
    path: Path,
    *,
    policy: Path | None = None,
    config: Path | None = None,
    use_config: bool = True,
    distribution: str | None = None,
    advisories: Path | None = None,
) -> Settings:
    """Everything the pipeline needs to look at `path`.

    policy: a file instead of the default (or of the one that the configuration names). config: a file instead of the
    `.paddock.yml` and `.ort.yml` that lie in `path`; use_config: whether to look for those. distribution: wins over the
    configuration. advisories: the advisory database; None: vulnerabilities are not looked up.
    Raises InvalidFile with every fault, MissingFile.
    """
    configuration = Configuration()
    if config is not None:
        configuration = _read_configuration(config)
    elif use_config:
        configuration = find_configuration(path)
    if distribution is not None:
        configuration = msgspec.structs.replace(configuration, distribution=Distribution(distribution), projects=())
    chosen = policy
    if chosen is None and configuration.policy:
        chosen = path / configuration.policy
    return Settings(
        tool=TOOL,
        extractors=EXTRACTORS,
        policy=load_policy(chosen),
        configuration=configuration,
        advisories=advisories,
        data=(list_version(),),
    )


def find_configuration(path: Path) -> Configuration:
    """What the configuration files in a folder say, `.paddock.yml` before `.ort.yml`; empty for documents."""
    configuration = Configuration()
    for name in (read_configuration.FILE_NAME, ort.FILE_NAME):
        file = path / name
        if path.is_dir() and file.is_file():
            configuration = combine(configuration, _read_configuration(file))
    return configuration


def load_policy(path: Path | None) -> Policy:
    """The policy in a file, or the one that ships with Paddock."""
    if path is None:
        return default_policy()
    return read_policy(_read(path), path.name, load=lambda relative: _read(path.parent / relative))


def _read_configuration(path: Path) -> Configuration:
    if path.name.endswith(ort.FILE_NAME):
        return ort.read_ort_yml(_read(path), path.name)
    return read_configuration.read_configuration(_read(path), path.name)


def _read(path: Path) -> bytes:
    """A whole file within bounds. Only regular ones: what a tree names may be a device that never ends."""
    try:
        if path.exists() and not path.is_file():
            raise MissingFile(f"{path} cannot be read: it is not a regular file")
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MissingFile(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MAX_FILE_BYTES:
        raise MissingFile(f"{path} is larger than {MAX_FILE_BYTES:,} bytes; that is no policy or configuration")
    return data
