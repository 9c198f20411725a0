# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where advisories come from, as this machine or company is set up: a small YAML file, read strictly.

url: https://mirror.example/osv          # laid out as OSV's
kev: https://mirror.example/kev.json     # default: in the same place as OSV's, or beside the ecosystems
epss: https://mirror.example/epss.csv.gz
ecosystems: [npm, PyPI, Debian]
"""

import os
from pathlib import Path

import msgspec

from paddock.engine.pipeline.advisories.plan import Plan
from paddock.engine.policy.nodes import Reader, text_of

FILE_NAME = "advisories.yml"
URL_VARIABLE = "PADDOCK_ADVISORIES_URL"
"""The environment variable that names another server; wins over the file."""
MAX_BYTES = 1024 * 1024


def default_file() -> Path:
    """The file in the folder for settings of the user's applications."""
    import platformdirs  # noqa: PLC0415 # only needed to fetch advisories

    return platformdirs.user_config_path("paddock") / FILE_NAME


def read_plan(file: Path) -> Plan:
    """The plan that a settings file and the environment state; the usual one where there is no file.

    Raises InvalidFile with every fault, OSError for a file that cannot be read.
    """
    plan = Plan()
    if file.is_file():
        with file.open("rb") as stream:
            plan = _read(stream.read(MAX_BYTES), str(file))
    url = os.environ.get(URL_VARIABLE)
    return msgspec.structs.replace(plan, base=url) if url else plan


def _read(data: bytes, name: str) -> Plan:
    reader = Reader(name)
    root = reader.root(data)
    if root is None:
        return Plan()
    fields = reader.mapping(root, (), ("url", "kev", "epss", "ecosystems"))
    for key in ("url", "kev", "epss"):
        text = text_of(fields, key, reader)
        if text and not text.startswith(("https://", "http://")):
            reader.fault(fields[key], f"{text!r} is no address of a web server; it begins with https:// or http://")
    plan = Plan(
        kev=text_of(fields, "kev", reader),
        epss=text_of(fields, "epss", reader),
        ecosystems=reader.texts(fields["ecosystems"]) if "ecosystems" in fields else (),
    )
    url = text_of(fields, "url", reader)
    reader.finish()
    return msgspec.structs.replace(plan, base=url) if url else plan
