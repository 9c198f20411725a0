# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The database chains entries as transactions commit, and refuses every change of what was written.

A deferred constraint trigger runs at commit: it waits for its turn (one lock for all), takes the last hash and adds the link. So
the order of the chain is the order of commits, no transaction waits for another one while it still works, and the link is
written in the same transaction as the entry.
"""

from typing import ClassVar

from django.db import migrations

CHAIN = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    last_number bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('paddock.audit.chain'));
    SELECT number, hash INTO last_number, last_hash FROM audit_seal ORDER BY number DESC LIMIT 1;
    INSERT INTO audit_seal (number, entry_id, hash) VALUES (
        coalesce(last_number, 0) + 1,
        NEW.id,
        encode(sha256(convert_to(coalesce(last_hash, '') || NEW.content, 'UTF8')), 'hex')
    );
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'the record of what was done is append-only: % of % refused', TG_OP, TG_TABLE_NAME;
END
$body$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
UNCHAIN = """
DROP TRIGGER audit_refuse ON audit_seal;
DROP TRIGGER audit_refuse ON audit_entry;
DROP FUNCTION audit_refuse();
DROP TRIGGER audit_chain ON audit_entry;
DROP FUNCTION audit_chain();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[migrations.RunSQL]] = [migrations.RunSQL(CHAIN, UNCHAIN)]
