"""Health: is the server able to answer, and what is it doing."""

from flask import Blueprint, Response, jsonify

from web.site import site

health = Blueprint("health", __name__)


@health.get("/health")
def state() -> Response:
    """The release being served; 503 while there is none."""
    return jsonify(status="ok", release=site().release.number)
