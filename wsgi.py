"""The WSGI entry point: ``gunicorn wsgi:app`` and ``flask --app wsgi``."""

import gc
import os
import sys

gc.disable()  # nothing that is read becomes garbage, and looking for it is a sixth of the start

from app import create_app  # noqa: E402
from config import ConfigError, load_config  # noqa: E402

# Flask's command line says that it is one. Its commands work where Waymark must not serve, or nobody could
# migrate; all but the worker, which serves like the web does.
IS_COMMAND = os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "work" not in sys.argv[1:]

BOOT_ERROR = 3  # gunicorn ends at it; after any other status it would try again for ever

try:
    app = create_app(load_config(is_checked=False), is_command=IS_COMMAND)
except ConfigError as error:
    sys.stderr.write(f"{error}\n")  # it says what to do; a traceback would hide that
    sys.exit(BOOT_ERROR)

gc.freeze()  # what stands now stays until the end: no later look goes through it
gc.enable()
