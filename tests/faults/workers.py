"""A loaded parent that forks a worker for every line it reads; says its number, and when it is dead.

So a worker costs no start of Python, and hundreds of them can be killed in minutes.
"""

import os
import sys

from flask.cli import ScriptInfo
from sqlalchemy.orm import configure_mappers

from app import create_app
from app.jobs.cli import work
from config import load_config


def main() -> None:
    """Fork, and bury, until there is nothing more to read."""
    app = create_app(load_config())
    configure_mappers()
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # what it says is not for our reader
            work.main([], "flask work", obj=ScriptInfo(create_app=lambda: app))
        print(number, flush=True)
        os.waitpid(number, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main()
