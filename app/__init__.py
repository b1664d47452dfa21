"""Waymark's application."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from flask import Flask, request
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_smorest import Api, Blueprint
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.queries import signing_in_organisations
from app.accounts.rules import Passwords
from app.accounts.views import load_signed_in
from app.core import problems, web
from app.core.database import db, is_postgresql, listen_to
from app.core.health import is_migrated
from app.core.storage import open_storage
from app.core.views import prepare as prepare_pages
from config import Config, ConfigError

# Bottom up, as the layers stand; each is asked for the rooms it has.
FEATURES = (
    "audit",
    "jobs",
    "organisations",
    "accounts",
    "contracts",
    "participants",
    "instruments",
    "ratecards",
    "records",
    "enrolments",
    "assessments",
    "milestones",
    "interventions",
    "employment",
    "plans",
    "calibrations",
    "evidence",
    "disagreements",
    "entitlements",
    "claims",
    "statements",
    "journeys",
    "devices",
    "signals",
    "pictures",
    "exports",
    "sync",
    "home",
    "demo",
)


class SignedIn(LoginManager):
    """Flask-Login by our own session alone: it looks for no remember-me cookie, and no session of Flask's."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(load_signed_in(request))


class WaymarkApi(Api):
    """The API's document: every refusal is a problem (RFC 9457), and nothing is served from other hosts.

    It is written when it is first asked for: that takes a sixth of a start.
    """

    ERROR_SCHEMA = problems.ProblemSchema

    def __init__(self, app: Flask) -> None:
        self._unwritten: list[Blueprint] = []
        self._writing = Lock()
        super().__init__(app, spec_kwargs={"title": "Waymark", "version": "1", "openapi_version": "3.1.0"})
        self.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "waymark"})

    def register_blueprint(self, blp: Blueprint, **_options: Any) -> None:
        """Mount a blueprint now, and describe it later."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp)
        self._unwritten.append(blp)

    def document(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 document."""
        with self._writing:
            while self._unwritten:
                blueprint = self._unwritten.pop(0)
                blueprint.register_views_in_doc(
                    self, self._app, self.spec, name=blueprint.name, parameters=None
                )
                self.spec.tag({"name": blueprint.name, "description": blueprint.description})
            written: dict[str, Any] = self.spec.to_dict()
        return written

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


def create_app(config: Config, *, is_command: bool = False) -> Flask:
    """Return the application for these settings: extensions, guards, handlers, blueprints, commands.

    Args:
        config: What the surroundings told.
        is_command: Whether one of the installation's commands asks; those work on a database that is
            behind its migrations, or there would be no way to bring it up to date.

    Raises:
        ConfigError: Waymark must not serve like this; every reason is named.
    """
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(config.as_flask())
    faults = config.faults()
    if not config.database_url:
        raise ConfigError(faults)
    config.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.extensions["storage"] = open_storage(config.storage_url or config.data_folder / "files")
    app.extensions["passwords"] = Passwords(config.password_memory_kib, config.password_passes)
    web.register(app)
    SignedIn(app)
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            listen_to(engine)
        if config.is_production and not is_command:
            faults += database_faults()
    if faults:
        raise ConfigError(faults)
    _mount_all(app)
    return app


def database_faults() -> list[str]:
    """Return every reason why the database does not allow a start; it is asked, never changed."""
    faults = []
    try:
        if not is_migrated():
            faults.append("The database is behind its migrations; run `flask --app wsgi db upgrade`.")
        elif not is_postgresql() and len(signing_in_organisations()) > 1:
            faults.append("More than one organisation signs in, and this is SQLite; move to PostgreSQL.")
    except SQLAlchemyError:
        faults.append("The database in DATABASE_URL does not answer.")
    finally:
        db.session.remove()
    return faults


def _mount_all(app: Flask) -> None:
    Migrate(app, db, directory=str(Path(app.root_path).parent / "migrations"))
    prepare_pages(app)
    api = WaymarkApi(app)
    problems.register(app)  # after Api, whose own handler it replaces
    for feature in FEATURES:  # every table before the first query, whatever the order of what follows
        _load(feature, "models")
    for feature in ("core", *FEATURES):
        _mount(app, api, feature)
    app.extensions["openapi"] = api.document


def _load(feature: str, room: str) -> ModuleType | None:
    """Import a feature's room, where it has one; a room may be a package."""
    name = f"app.{feature}.{room}"
    return import_module(name) if find_spec(name) else None


def _mount(app: Flask, api: Api, feature: str) -> None:
    """Mount a feature's rooms: standing contributions, jobs, blueprints and commands."""
    for room in ("queries", "actions", "jobs", "views", "cli"):
        module = _load(feature, room)
        for blueprint in getattr(module, "BLUEPRINTS", ()):
            api.register_blueprint(blueprint)
        for blueprint in getattr(module, "PLAIN_BLUEPRINTS", ()):
            app.register_blueprint(blueprint)
        for command in getattr(module, "COMMANDS", ()):
            app.cli.add_command(command)
