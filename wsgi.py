"""The WSGI entry point: ``gunicorn wsgi:app`` and ``flask --app wsgi``."""

from app import create_app
from config import load_config

app = create_app(load_config())
