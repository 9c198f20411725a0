# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an installation decides: every variable is documented, and nonsense is refused without repeating secrets."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from paddock.hub.config.database import UnusableAddress, database
from paddock.hub.config.environment import Environment, secret_key
from paddock.hub.config.mail import UnusableMail, mail

PAGE = Path(__file__).resolve().parents[3] / "docs" / "hub" / "running.md"


def test_every_variable_is_documented_and_no_other() -> None:
    variables = {
        field.validation_alias or f"PADDOCK_HUB_{name.upper()}" for name, field in Environment.model_fields.items()
    }
    documented = set(re.findall(r"`(PADDOCK_HUB_[A-Z_]+|DATABASE_URL)`", PAGE.read_text()))
    assert documented == variables


def test_the_key_is_made_once_for_this_user_only(tmp_path: Path) -> None:
    settings = Environment(folder=tmp_path / "hub").model_copy(update={"secret_key": ""})
    first = secret_key(settings)
    assert len(first) >= 64
    assert secret_key(settings) == first
    assert (tmp_path / "hub" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDOCK_HUB_ALLOWED_HOSTS", "hub.example.com, paddock.example.com ,")
    assert Environment().allowed_hosts == ("hub.example.com", "paddock.example.com")
    monkeypatch.setenv("PADDOCK_HUB_WEB_PROCESSES", "0")
    with pytest.raises(ValidationError):
        Environment()


def test_addresses_of_databases() -> None:
    found = database("postgresql://pad%40dock:p%2Fw@db.example.com:5433/hub?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "pad@dock",
        "p/w",
        "db.example.com",
        "5433",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert database("postgresql:///hub?host=/run/postgresql")["HOST"] == "/run/postgresql"
    with pytest.raises(UnusableAddress) as caught:
        database("mysql://user:hidden@host/hub")
    assert "hidden" not in str(caught.value)


def test_addresses_of_mail_servers() -> None:
    assert "dummy" in mail("").backend
    found = mail("smtp://mailer:p%40ss@mail.example.com")
    assert (found.host, found.port, found.password, found.starttls, found.tls) == (
        "mail.example.com", 587, "p@ss", True, False,
    )  # fmt: skip
    assert mail("smtps://mail.example.com").port == 465
    with pytest.raises(UnusableMail) as caught:
        mail("http://user:hidden@host")
    assert "hidden" not in str(caught.value)
