# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A hub in parts, on a PostgreSQL server that somebody else looks after, as docs/hub/running.md tells to set it up."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from paddock.hub.operation.embedded import start_embedded
from tests.hub.operation.running import ROOT, SLOW, hub_command, run_hub, surroundings, wait_until
from tests.hub.places import place_for_server

RIGHTS = (ROOT / "docs" / "hub" / "running.md").read_text().partition("```sql\n")[2].partition("```")[0]
"""The statements of the documentation, word for word."""
PASSWORD = "correct horse battery staple"
BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [
        {"type": "library", "name": "left", "version": "1.0", "purl": "pkg:npm/left@1.0",
         "licenses": [{"license": {"id": "MIT"}}]},
    ],
}  # fmt: skip


class Parts:
    """Every command of the hub as a process of its own: tables by their owner, the rest by a user with fewer rights."""

    def __init__(self, folder: Path, server: str) -> None:
        self.server = server
        socket = urlsplit(server).query
        common = surroundings(folder, PADDOCK_HUB_SECRET_KEY="one key for all machines of this hub")
        self.owner = {**common, "DATABASE_URL": f"postgresql://paddock_owner:secret@/paddock?{socket}"}
        self.user = {**common, "DATABASE_URL": f"postgresql://paddock_hub:secret@/paddock?{socket}"}
        self.base = common["PADDOCK_HUB_BASE_URL"]

    def as_user(self) -> psycopg.Connection:
        return psycopg.connect(self.user["DATABASE_URL"], autocommit=True)

    def get(self, path: str, token: str) -> httpx.Response:
        return httpx.get(self.base + path, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def ready(self) -> bool:
        try:
            return httpx.get(self.base + "/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    folder = place_for_server()
    server = start_embedded(folder / "server", extra={"fsync": "off"}).replace("/paddock?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE paddock")
        for statement in RIGHTS.split(";\n"):
            if "\\connect" in statement:
                break
            connection.execute(statement.encode())
    with psycopg.connect(server.replace("/postgres?", "/paddock?"), autocommit=True) as connection:
        connection.execute(RIGHTS.partition("\\connect paddock\n")[2].encode())
    made = Parts(folder / "hub", server)
    migrated = run_hub(made.owner, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    with ExitStack() as stack:
        for command in ("serve", "worker"):
            process = subprocess.Popen(hub_command(command), cwd=ROOT, env=made.user, stderr=subprocess.DEVNULL)
            stack.callback(process.wait, SLOW)
            stack.callback(process.terminate)
        wait_until(made.ready, lambda: "the web server is not ready")
        yield made


def field(page: httpx.Response, name: str) -> str:
    """The value of a field that the page has filled in."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    assert tag is not None, page.text
    return re.findall(r'value="([^"]*)"', tag[0])[0]


@pytest.fixture(scope="module")
def token(parts: Parts) -> str:
    """As the first administrator gets one: by the printed link, with a password, on the page of one's tokens."""
    made = run_hub(parts.user, "createadmin", "--email", "ada@halden.example", "--name", "Ada Marrin")
    assert made.returncode == 0, made.stderr
    link = next(line.strip() for line in made.stderr.splitlines() if "/reset/key/" in line)
    assert link.startswith(parts.base)
    with httpx.Client(base_url=parts.base, follow_redirects=True, timeout=60) as browser:

        def send(path: str, **values: str | list[str]) -> httpx.Response:
            page = browser.get(path)
            given = {"csrfmiddlewaretoken": field(page, "csrfmiddlewaretoken"), **values}
            answer = browser.post(page.url, data=given, headers={"Referer": str(page.url)})
            assert answer.status_code == 200, answer.text
            return answer

        send(link, password1=PASSWORD, password2=PASSWORD)
        send("/accounts/login/", login="ada@halden.example", password=PASSWORD)
        form = browser.get("/settings/tokens/new/")
        rights = re.findall(r'name="permissions" value="([^"]+)"', form.text)
        answer = send(
            "/settings/tokens/new/", name="CI", unit="My company", permissions=rights,
            expires_on=field(form, "expires_on"),
        )  # fmt: skip
    found = re.search(r"pdk_[0-9A-Za-z_-]+", answer.text)
    assert found is not None, answer.text
    return found[0]


def test_what_is_handed_in_by_the_api_gets_its_verdict_from_a_worker_elsewhere(parts: Parts, token: str) -> None:
    answer = httpx.post(
        parts.base + "/api/v1/intakes", headers={"Authorization": f"Bearer {token}"}, timeout=60,
        data={"product": "Radio", "release": "1.0", "create": "true"},
        files={"file": ("bom.cdx.json", json.dumps(BOM))},
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    intake = f"/api/v1/intakes/{answer.json()['id']}"
    wait_until(lambda: parts.get(intake, token).json()["state"] == "done", lambda: parts.get(intake, token).text)
    (release,) = parts.get("/api/v1/releases?product=Radio&name=1.0", token).json()["items"]
    assert (release["outcome"], release["component_count"]) == ("compliant", 1)


def test_the_record_of_what_was_done_is_whole_and_the_hub_s_user_cannot_change_it(parts: Parts, token: str) -> None:
    checked = run_hub(parts.user, "check")
    assert checked.returncode == 0, checked.stderr
    with parts.as_user() as connection:
        assert connection.execute("SELECT count(*) > 0 FROM audit_entry").fetchone() == (True,)
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            connection.execute("UPDATE audit_entry SET actor_name = 'somebody else'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE own (id int)")


def test_tables_are_not_brought_up_to_date_by_a_user_who_does_not_own_them(parts: Parts) -> None:
    with psycopg.connect(parts.owner["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'webhooks'")
        refused = run_hub(parts.user, "migrate")
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('webhooks', '0001_initial', now())"
        )
    assert refused.returncode == 3
    assert "may not" in refused.stderr
    assert "Traceback" not in refused.stderr
