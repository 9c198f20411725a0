# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetching one revision of a repository: within bounds of time and size, with nothing of it executed."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddock.engine.model.errors import EngineError
from paddock.hub.scans.addresses import Address

PAUSE = 0.25
"""Seconds between two looks at how much has come."""
_SHOWN = 500


class NotFetched(EngineError):
    """The repository could not be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of one git command. received: bytes on disk; files and content: of the revision, before it is
    unpacked."""

    seconds: float = 600.0
    received: int = 1024**3
    files: int = 250_000
    content: int = 2 * 1024**3


@dataclass
class Git:
    """Runs git in one folder, deaf to every setting of the machine and of the user.

    protocol: the only one that may be used. watch: called every PAUSE with the bytes on disk; what it raises ends git.
    """

    folder: Path
    home: Path
    limits: Limits
    protocol: str = "https"
    watch: Callable[[int], None] = lambda _: None
    settings: tuple[str, ...] = field(default=())

    def run(self, *arguments: str) -> str:
        """What git prints, at most `limits.received` bytes in all on disk. Raises NotFetched."""
        command = ["git", *(part for setting in self._settings() for part in ("-c", setting)), *arguments]
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(  # noqa: S603 # git, with checked arguments and an environment of our own
                command, cwd=self.folder, env=self._environment(), stdin=subprocess.DEVNULL, stdout=output,
                stderr=errors, start_new_session=True,
            )  # fmt: skip
            try:
                self._wait(process)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
            errors.seek(0)
            if process.returncode != 0:
                raise NotFetched(f"git could not do it: {_last_line(errors.read(64 * 1024))}")
            output.seek(0)
            return output.read(self.limits.received).decode("utf-8", "replace")

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + self.limits.seconds
        while True:
            try:
                process.wait(PAUSE)
            except subprocess.TimeoutExpired:
                size = size_of(self.folder)
                if size > self.limits.received:
                    raise NotFetched(f"The repository is larger than {self.limits.received:,} bytes.") from None
                if time.monotonic() > deadline:
                    raise NotFetched(f"git took longer than {self.limits.seconds:.0f} seconds.") from None
                self.watch(size)
            else:
                return

    def _settings(self) -> Sequence[str]:
        return (
            "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.symlinks=false", "core.attributesFile=/dev/null",
            "submodule.recurse=false", "fetch.recurseSubmodules=false", "protocol.allow=never",
            f"protocol.{self.protocol}.allow=always", "http.followRedirects=false", "http.lowSpeedLimit=1000",
            "http.lowSpeedTime=60", "credential.helper=", "gc.auto=0", "maintenance.auto=false",
            "advice.detachedHead=false", "transfer.fsckObjects=false", "core.protectNTFS=true", "core.protectHFS=true",
            "safe.directory=*", *self.settings,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "false",
            "GIT_SSH_COMMAND": "false",
            "GIT_ALLOW_PROTOCOL": self.protocol,
            "GIT_LFS_SKIP_SMUDGE": "1",
        }


def fetch_repository(
    address: Address, revision: str, folder: Path, *, limits: Limits | None = None,
    watch: Callable[[int], None] = lambda _: None, protocol: str = "https",
) -> str:  # fmt: skip
    """Unpack one revision ("" is the default branch) into the empty `folder`; the id of its commit.

    No history, no submodules, no hooks, no filters, no links. The size of the revision is known before any of it is
    unpacked. Raises NotFetched, and whatever `watch` raises.
    """
    limits = limits or Limits()
    network = f"[{address.network}]" if ":" in address.network else address.network
    pinned = (f"http.curloptResolve={address.host}:443:{network}",) if protocol == "https" else ()
    with tempfile.TemporaryDirectory(prefix="paddock-home-") as home:
        git = Git(folder, Path(home), limits, protocol, watch, pinned)
        git.run("init", "--quiet", "--template=", ".")
        git.run("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--end-of-options",
                address.url, revision or "HEAD")  # fmt: skip
        _check_size(git.run("ls-tree", "-r", "-l", "-z", "--full-tree", "FETCH_HEAD"), limits)
        git.run("checkout", "--quiet", "--detach", "FETCH_HEAD")
        return git.run("rev-parse", "--verify", "HEAD").strip()


def _check_size(listing: str, limits: Limits) -> None:
    """listing: one entry of `git ls-tree -l` after another: mode, type, id, size, then a tab and the path."""
    sizes = [entry.partition("\t")[0].split()[-1] for entry in listing.split("\0") if entry]
    content = sum(int(size) for size in sizes if size.isdigit())
    if len(sizes) > limits.files:
        raise NotFetched(f"The revision has {len(sizes):,} files; at most {limits.files:,} are scanned.")
    if content > limits.content:
        raise NotFetched(f"The revision has {content:,} bytes; at most {limits.content:,} are scanned.")


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder that may be changing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    text = lines[-1].removeprefix("fatal: ") if lines else "it said nothing"
    return "".join(letter for letter in text if letter.isprintable())[:_SHOWN]
