"""Waymark's settings: one frozen dataclass an environment, read from `os.environ`, no database."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
SECRET_LENGTH_MIN = 32
# Known to everybody, so never accepted outside demo and tests.
DEMO_SECRET = "demo-only-secret-that-everybody-knows-0001"  # noqa: S105
DEMO_NINO_KEY = "demo-only-nino-key-that-everybody-knows-01"
DEMO_SEAL_SECRET = "demo-only-seal-secret-everybody-knows-001"  # noqa: S105


class ConfigError(Exception):
    """The settings do not allow a start; `faults` names every one of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Waymark cannot start:\n" + "\n".join(f"- {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Config:
    """What the application is told by its surroundings.

    Attributes:
        nino_keys: Keys for National Insurance numbers by key id, newest last; the last one writes.
        seal_secrets: Secrets by id, newest last, under which the keys lie that devices seal to.
        session_idle_minutes: Minutes without a request after which a session ends.
        session_hours: Hours after which a session ends in any case.
        export_hours: Hours for which whoever asked for an export may fetch its file.
        password_memory_kib: What a password hash costs (OWASP's argon2id figures); tests use less.
        password_passes: Likewise.
    """

    name: str
    secret_key: str
    nino_keys: Mapping[str, str]
    database_url: str
    data_folder: Path
    seal_secrets: Mapping[str, str] = field(default_factory=dict)
    storage_url: str | None = None
    frontend_folder: Path = ROOT / "frontend" / "dist"
    debug: bool = False
    testing: bool = False
    session_idle_minutes: int = 60
    session_hours: int = 12
    password_memory_kib: int = 19 * 1024
    password_passes: int = 2
    max_body_bytes: int = 4 * 1024 * 1024
    upload_max_bytes: int = 15 * 1024 * 1024
    export_hours: int = 24
    is_production: bool = field(default=False)

    @property
    def is_demo(self) -> bool:
        """Whether everybody and everything in it is invented."""
        return self.name == "demo"

    def faults(self) -> list[str]:
        """Return every reason not to start with these settings; the database is not asked."""
        found: list[str] = []
        if not self.is_production:
            return found
        if len(self.secret_key) < SECRET_LENGTH_MIN or self.secret_key == DEMO_SECRET:
            found.append(f"SECRET_KEY must be a secret of at least {SECRET_LENGTH_MIN} characters.")
        if not self.nino_keys:
            found.append("WAYMARK_NINO_KEY must be set (key-id:secret; newest last, parted by commas).")
        for key_id, secret in self.nino_keys.items():
            if len(secret) < SECRET_LENGTH_MIN or secret == DEMO_NINO_KEY:
                found.append(f"WAYMARK_NINO_KEY {key_id!r} needs at least {SECRET_LENGTH_MIN} characters.")
        found += self._seal_faults()
        if self.debug:
            found.append("FLASK_DEBUG must be off.")
        if not self.database_url:
            found.append("DATABASE_URL must be set.")
        return found

    def _seal_faults(self) -> list[str]:
        if not self.seal_secrets:
            return ["WAYMARK_SEAL_SECRET must be set (id:secret; newest last, parted by commas)."]
        return [
            f"WAYMARK_SEAL_SECRET {secret_id!r} needs at least {SECRET_LENGTH_MIN} characters."
            for secret_id, secret in self.seal_secrets.items()
            if len(secret) < SECRET_LENGTH_MIN or secret == DEMO_SEAL_SECRET
        ]

    def as_flask(self) -> dict[str, Any]:
        """Return the settings in Flask's names."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.database_url),
            "MAX_CONTENT_LENGTH": self.max_body_bytes,
            "TESTING": self.testing,
            "DEBUG": self.debug,
            "PROPAGATE_EXCEPTIONS": False,
            "WAYMARK": self,
        }

    def __repr__(self) -> str:
        """Return the settings without their secrets."""
        shown = {
            key: value
            for key, value in asdict(self).items()
            if key not in {"secret_key", "nino_keys", "seal_secrets", "database_url"}
        }
        return f"Config({shown})"


def engine_options(database_url: str) -> dict[str, Any]:
    """Return pool settings that fit the database."""
    if database_url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False, "timeout": 15}}
    return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}


def load_config(environ: Mapping[str, str] | None = None, *, is_checked: bool = True) -> Config:
    """Return the settings of the environment that `WAYMARK_ENV` names; production when it is silent.

    Args:
        environ: Where to read; `os.environ` when left out.
        is_checked: False for whoever adds the database's faults, to name all of them at once.

    Raises:
        ConfigError: they do not allow a start.
    """
    env = os.environ if environ is None else environ
    name = env.get("WAYMARK_ENV", "production")
    if name not in {"demo", "test", "production"}:
        raise ConfigError([f"WAYMARK_ENV is {name!r}; it must be demo, test or production."])
    is_production = name == "production"
    data_folder = Path(env.get("WAYMARK_DATA", str(ROOT / "instance"))).absolute()
    default_database = "" if is_production else f"sqlite:///{data_folder / 'waymark.sqlite'}"
    config = Config(
        name=name,
        secret_key=env.get("SECRET_KEY", "" if is_production else DEMO_SECRET),
        nino_keys=_pairs(env.get("WAYMARK_NINO_KEY", "" if is_production else f"demo:{DEMO_NINO_KEY}")),
        seal_secrets=_pairs(
            env.get("WAYMARK_SEAL_SECRET", "" if is_production else f"demo:{DEMO_SEAL_SECRET}")
        ),
        database_url=env.get("DATABASE_URL", default_database),
        data_folder=data_folder,
        storage_url=env.get("WAYMARK_STORAGE"),
        frontend_folder=Path(env.get("WAYMARK_FRONTEND", str(ROOT / "frontend" / "dist"))),
        export_hours=int(env.get("WAYMARK_EXPORT_HOURS", "24")),
        debug=env.get("FLASK_DEBUG", "0").lower() not in {"", "0", "false", "no"},
        testing=name == "test",
        is_production=is_production,
    )
    faults = config.faults()
    if faults and is_checked:
        raise ConfigError(faults)
    return config


def _pairs(text: str) -> dict[str, str]:
    """Return ``id:secret,id:secret`` as a mapping that keeps its order."""
    pairs = (part.partition(":") for part in text.split(",") if part.strip())
    return {key_id.strip(): secret.strip() for key_id, _, secret in pairs}
