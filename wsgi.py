"""The WSGI entry point: ``gunicorn wsgi:app`` and ``flask --app wsgi``."""

import os
import sys

from app import create_app
from config import load_config

# Flask's command line says that it is one. Its commands work where Waymark must not serve, or nobody could
# migrate; all but the worker, which serves like the web does.
IS_COMMAND = os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "work" not in sys.argv[1:]

app = create_app(load_config(is_checked=False), is_command=IS_COMMAND)
