"""Waymark's application."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_smorest import Api

from app.accounts.rules import Passwords
from app.accounts.views import load_signed_in
from app.core import problems, web
from app.core.database import db, listen_to
from app.core.storage import open_storage
from config import Config

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
    "evidence",
    "entitlements",
    "claims",
    "statements",
    "journeys",
    "exports",
    "sync",
    "home",
)


def create_app(config: Config) -> Flask:
    """Return the application for these settings: extensions, guards, handlers, blueprints, commands."""
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(config.as_flask())
    config.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.extensions["storage"] = open_storage(config.storage_url or config.data_folder / "files")
    app.extensions["passwords"] = Passwords(config.password_memory_kib, config.password_passes)
    web.register(app)
    LoginManager(app).request_loader(load_signed_in)
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            listen_to(engine)
    Migrate(app, db, directory=str(Path(app.root_path).parent / "migrations"))
    api = Api(app, spec_kwargs={"title": "Waymark", "version": "1", "openapi_version": "3.1.0"})
    problems.register(app)  # after Api, whose own handler it replaces
    for feature in FEATURES:
        _mount(app, api, feature)
    return app


def _mount(app: Flask, api: Api, feature: str) -> None:
    """Mount a feature's rooms: models, standing contributions, jobs, blueprints and commands."""
    folder = Path(__file__).parent / feature
    for room in ("models", "queries", "actions", "jobs", "views", "cli"):
        if not (folder / f"{room}.py").exists():
            continue
        module = import_module(f"app.{feature}.{room}")
        for blueprint in getattr(module, "BLUEPRINTS", ()):
            api.register_blueprint(blueprint)
        for command in getattr(module, "COMMANDS", ()):
            app.cli.add_command(command)
