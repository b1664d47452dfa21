"""Which Waymark this is: what a paper, a pack and an operator name it by."""

import subprocess
from functools import cache
from pathlib import Path

VERSION = "1.0"
_ROOT = Path(__file__).parents[2]


@cache
def software_version() -> str:
    """Return the version, with the commit where Waymark runs from its checkout: ``1.0+9a3f2c1``."""
    try:
        asked = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(_ROOT), "rev-parse", "--short=12", "HEAD"],  # noqa: S607 - git is on the path
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return VERSION
    return f"{VERSION}+{asked.stdout.strip()}"
