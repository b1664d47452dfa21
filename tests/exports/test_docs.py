"""The page that tells a commissioner how to check a pack is true: its code runs on a real one."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from sqlalchemy.orm import Session

from app.exports.actions.packs import PackOrder, write_pack
from tests.exports.builders import KEYS, LOCKED_AT, make_locked, plain_press

PAGE = Path(__file__).parents[2] / "docs" / "evidence-pack.md"


def test_the_ten_lines_of_the_page_check_a_pack(session: Session, tmp_path: Path) -> None:
    locked = make_locked(people=2)
    out = io.BytesIO()
    order = PackOrder(press=plain_press(), actor=None, with_identity=True, keys=KEYS, at=LOCKED_AT)
    write_pack(out, locked.claim, order, progress=lambda _done, _total: None)
    zipfile.ZipFile(out).extractall(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)

    checked = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    summed = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False)

    assert checked.stdout == "4 lines, 40000 pence: they agree\n"
    assert summed.returncode == 0
