# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The composition root: the default plug-ins, the policy and the configuration in force, put together once."""

import importlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

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
from paddock.engine.downloader.cache import Cache
from paddock.engine.model.errors import EngineError
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.remembered import FILE as MEMORY_FILE
from paddock.engine.pipeline.remembered import Memory, look_remembering
from paddock.engine.pipeline.run import Settings, Step
from paddock.engine.pipeline.workers import look_in_processes
from paddock.engine.policy import ort, read_configuration
from paddock.engine.policy.configuration import Configuration, combine
from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.scanner.detect import Detector, default_detectors
from paddock.engine.scanner.look import LookAll
from paddock.engine.scanner.recognise import TextDetector
from paddock.engine.spdx.licenses import list_version

if TYPE_CHECKING:
    from paddock.engine.clients.hub import Hub
    from paddock.engine.pipeline.obtain import Sources

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
    cache_folder: Path | None = None,
    advisories: Path | None = None,
) -> Settings:
    """Everything the pipeline needs to look at `path`.

    policy: a file instead of the default (or of the one that the configuration names). config: a file instead of the
    `.paddock.yml` and `.ort.yml` that lie in `path`; use_config: whether to look for those. distribution: wins over the
    configuration. cache_folder: where findings of earlier scans are remembered; None: nowhere. advisories: the advisory
    database; None: vulnerabilities are not looked up. Raises InvalidFile with every fault, MissingFile.
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
    detectors = default_detectors()
    return Settings(
        tool=TOOL,
        extractors=EXTRACTORS,
        policy=load_policy(chosen),
        configuration=configuration,
        data=(list_version(), *data_versions(detectors)),
        detectors=detectors,
        look_all=look_in_processes if cache_folder is None else _remembering(cache_folder),
        advisories=advisories,
    )


def data_versions(detectors: Sequence[Detector]) -> tuple[tuple[str, str], ...]:
    """Name and version of the data that detectors bring along, for results."""
    return tuple(("licence rules", detector.version) for detector in detectors if isinstance(detector, TextDetector))


def _remembering(cache_folder: Path) -> LookAll:
    return partial(look_remembering, memory=Memory(str(cache_folder / MEMORY_FILE)))


@contextmanager
def rule_sources(environment: Mapping[str, str], home: Path, cache: Cache) -> "Iterator[Sources]":
    """Where the licence rules are fetched from: the indexes for Python packages that this machine is set up for."""
    from paddock.engine.clients.http import HttpClient, Limits  # noqa: PLC0415 # needed once in a machine's life
    from paddock.engine.clients.registry import Registries  # noqa: PLC0415 # see above
    from paddock.engine.clients.surroundings import Surroundings  # noqa: PLC0415 # see above
    from paddock.engine.pipeline.obtain import Sources  # noqa: PLC0415 # see above

    surroundings = Surroundings(
        environment=environment, home=str(home), project=str(home), trust_project=False, windows=os.name == "nt"
    )
    http = HttpClient(Limits(), user_agent=f"paddock/{TOOL.version}")
    try:
        yield Sources(Registries(surroundings, http), cache)
    finally:
        http.close()


def hub_at(url: str, token: str, environment: Mapping[str, str]) -> "AbstractContextManager[Hub]":
    """The hub at an address, for the holder of a token; the token is sent there and nowhere else."""
    # Loaded here because the HTTP client takes a tenth of a second that no other command has to spend.
    connected = importlib.import_module("paddock.engine.clients.hub").connected
    opened: AbstractContextManager[Hub] = connected(
        url, token, ca_file=environment.get("SSL_CERT_FILE", ""), user_agent=f"paddock/{TOOL.version}"
    )
    return opened


def build_deepen(
    path: Path,
    settings: Settings,
    *,
    environment: Mapping[str, str],
    home: Path,
    cache: Cache,
    jobs: int | None = None,
    trust_project: bool = False,
) -> Step:
    """The deep scan of what is found at `path`, with the registries that this machine is set up for.

    environment, home: where the package clients' settings are read from. jobs: how many packages are fetched at once.
    trust_project: whether the scanned tree's own client settings may use this machine's variables and credentials.
    """
    # Loaded here because the HTTP client takes a tenth of a second that no other command has to spend.
    from paddock.engine.clients.http import HttpClient, Limits  # noqa: PLC0415 # see above
    from paddock.engine.clients.registry import Registries  # noqa: PLC0415 # see above
    from paddock.engine.clients.surroundings import Surroundings  # noqa: PLC0415 # see above
    from paddock.engine.pipeline import deepen  # noqa: PLC0415 # see above
    from paddock.engine.pipeline.obtain import Sources  # noqa: PLC0415 # see above

    project = path if path.is_dir() else path.parent
    surroundings = Surroundings(
        environment=environment,
        home=str(home),
        project=str(project.absolute()),
        trust_project=trust_project,
        windows=os.name == "nt",
    )
    http = HttpClient(Limits(), user_agent=f"paddock/{TOOL.version}")
    deep = deepen.DeepSettings(
        sources=Sources(Registries(surroundings, http), cache),
        cache=cache,
        http=http,
        extractors=settings.extractors,
        configuration=settings.configuration,
        detectors=settings.detectors,
        identity=" ".join((TOOL.version, *(f"{name}={version}" for name, version in settings.data))),
        jobs=jobs or deepen.DEFAULT_JOBS,
    )
    return lambda result, progress: deepen.deepen(result, deep, progress=progress)


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
