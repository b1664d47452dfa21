"""The application as it ships, and two empty answers to hold the others against."""

from flask import Response

from app import create_app
from app.core.web import public
from config import load_config

app = create_app(load_config())


@app.get("/bench/public")
@public
def public_answer() -> Response:
    """Answer nothing to anybody."""
    return Response("{}", mimetype="application/json")


@app.get("/bench/signed-in")
def signed_in_answer() -> Response:
    """Answer nothing to whoever is signed in."""
    return Response("{}", mimetype="application/json")
