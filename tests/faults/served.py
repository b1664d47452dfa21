"""The application as gunicorn serves it in the fault tests: the real one."""

from sqlalchemy.orm import configure_mappers

from app import create_app
from config import load_config

app = create_app(load_config())
configure_mappers()  # once in the master, not anew in every process that takes the place of a killed one
