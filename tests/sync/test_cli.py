"""The keeper of an installation rotates the keys that tablets seal to."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.sync.models import SealKey


def test_keys_are_rotated_and_rewrapped_by_command(app: Flask, session: Session) -> None:
    run = app.test_cli_runner()

    first, second = (run.invoke(args=["seals", "rotate"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "180 days" in second.output
    retired = session.scalars(sa.select(SealKey.retired_at).order_by(SealKey.created_at)).all()
    assert [moment is None for moment in retired] == [False, True]
    assert "0 keys lie under the newest secret" in run.invoke(args=["seals", "rewrap"]).output
