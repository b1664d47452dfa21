"""Rules of the code that no linter knows."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app.core.permissions import permission_page

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app"
COMMITTER = APP / "core" / "database.py"
DIST = ROOT / "frontend" / "dist"


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(APP.rglob("*.py"))]


def calls(tree: ast.Module, *names: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


def test_one_place_commits() -> None:
    committers = {path for path, tree in modules() if calls(tree, "commit")}

    assert committers == {COMMITTER}


def test_the_domain_never_asks_the_clock() -> None:
    edges = {"views.py", "cli.py", "web.py"}
    asking = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in modules()
        if path.name not in edges and "demo" not in path.parts
        for line in calls(tree, "now", "utcnow", "today")
        if "documents" not in path.parts
    ]

    assert asking == []


def test_packages_hold_one_docstring_and_no_imports() -> None:
    for path in APP.rglob("__init__.py"):
        if path == APP / "__init__.py":
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr), path


def test_views_neither_query_nor_write() -> None:
    for path, tree in modules():
        if path.name == "views.py":
            assert not calls(tree, "execute", "scalars", "scalar", "add_all", "flush"), path


def test_the_permission_page_equals_the_policies(app: Flask) -> None:
    assert app
    assert (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8") == permission_page(), (
        "run: flask --app wsgi permissions > docs/permissions.md"
    )


def test_the_build_asks_no_other_host() -> None:
    if not DIST.exists():
        pytest.skip("the app in the browser is not built")
    loads = re.compile(
        r"(?:\bsrc|\bhref|url\(|@import|import\(|fetch\(|importScripts\()\s*=?\s*[\"'(]?(?:https?:)?//[\w-]+\."
    )
    for path in DIST.rglob("*"):
        if path.suffix in {".html", ".css", ".js", ".webmanifest"}:
            assert not loads.findall(path.read_text(encoding="utf-8")), path
