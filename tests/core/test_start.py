"""When Waymark refuses to start."""

from pathlib import Path

import pytest
from flask_migrate import upgrade

from app import create_app
from app.core.database import db
from app.core.permissions import Role
from config import DEMO_SECRET, ConfigError, load_config
from tests.builders import make_membership

STRONG = "a-secret-that-nobody-knows-and-is-long-enough"


def environment(folder: Path, **changes: str) -> dict[str, str]:
    return {
        "WAYMARK_ENV": "production",
        "WAYMARK_DATA": str(folder),
        "SECRET_KEY": STRONG,
        "WAYMARK_NINO_KEY": f"one:{STRONG}",
        "WAYMARK_SEAL_SECRET": f"one:{STRONG}",
        "DATABASE_URL": f"sqlite:///{folder / 'waymark.sqlite'}",
    } | changes


def refusal(environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        create_app(load_config(environ, is_checked=False))
    return refused.value.faults


def migrate(environ: dict[str, str], *organisations: int) -> None:
    app = create_app(load_config(environ), is_command=True)
    with app.app_context():
        upgrade()
        for _ in organisations:
            make_membership(Role.ADMINISTRATOR)
        db.session.remove()
        db.engine.dispose()


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    faults = refusal(
        environment(tmp_path, SECRET_KEY=DEMO_SECRET, WAYMARK_NINO_KEY="one:short", FLASK_DEBUG="1")
    )

    words = " ".join(faults)
    assert len(faults) == 4
    assert all(word in words for word in ("SECRET_KEY", "WAYMARK_NINO_KEY", "FLASK_DEBUG", "migrations"))


def test_a_database_behind_its_migrations_is_refused_but_can_be_migrated(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    assert "behind" in refusal(environ)[0]

    migrate(environ, 1)

    assert create_app(load_config(environ))


def test_sqlite_serves_one_organisation_that_signs_in(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    migrate(environ, 1, 2)

    assert "SQLite" in refusal(environ)[0]


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    environ = environment(tmp_path, DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")

    assert "does not answer" in refusal(environ)[0]


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(ConfigError):
        load_config({"WAYMARK_ENV": "staging"})


def test_the_settings_are_shown_without_their_secrets(tmp_path: Path) -> None:
    shown = repr(load_config(environment(tmp_path)))

    assert STRONG not in shown
    assert "waymark.sqlite" not in shown
