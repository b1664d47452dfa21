"""Commands of the installation: the permission table, backup and restore."""

import click

from app.core.permissions import permission_page


@click.command("permissions")
def permissions() -> None:
    """Print who may do what: the page that docs/permissions.md holds."""
    click.echo(permission_page(), nl=False)


COMMANDS = (permissions,)
