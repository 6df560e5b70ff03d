"""Tables that the database itself keeps from being changed: rows are added, and stay."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{word} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is only ever added to'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()
"""


def append_only(table: str) -> migrations.RunPython:
    """The migration that makes a table one that is only added to."""
    return migrations.RunPython(_guard(table), migrations.RunPython.noop)


def _guard(table: str) -> Callable[[Any, Any], None]:
    def guard(_apps: Any, editor: Any) -> None:  # Django gives these no types
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRESQL.format(table=table))
            return
        for act in ("UPDATE", "DELETE"):
            editor.execute(_SQLITE.format(table=table, act=act, word=act.lower()))

    return guard
