"""Commands that know no feature."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("openapi")
@with_appcontext
def print_openapi() -> None:
    """Print the API's OpenAPI document, from which the browser's types are made."""
    click.echo(json.dumps(current_app.extensions["openapi"], ensure_ascii=False, indent=1))


COMMANDS = (print_openapi,)
