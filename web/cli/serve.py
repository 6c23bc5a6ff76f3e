"""``jejaring serve``: pages and endpoints on one port."""

import logging
import sys

import click

from graph.data_directory import there
from graph.settings import Settings
from web.app import create_app
from web.server import listen, run
from web.site import site
from web.sparql.question import CutOff

_SWITCH_SECONDS = 0.001
"""How long one thread may keep the interpreter while others wait; the default of 5 ms is long for many threads."""


@click.command()
@click.option("--host", help="Address to listen on (setting host).")
@click.option("--port", type=int, help="Port to listen on (setting port); 0 takes a free one.")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve pages, SPARQL and linked data until stopped; a new release is picked up without a restart.

    Example: jejaring --data mydata serve --port 8080
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    logging.getLogger("waitress").addFilter(_is_no_cut_off)
    settings = settings.with_flags(host=host, port=port)
    there(settings.data)
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = create_app(settings)
    server = listen(app, settings)
    app.extensions["sparql_pool"].start()
    click.echo(f"Serving {settings.data} at {site(app).public_url}/ (listening on port {server.effective_port})")
    run(server, app)


def _is_no_cut_off(record: logging.LogRecord) -> bool:
    """What cuts a result off has been logged in one line already."""
    return not (record.exc_info and isinstance(record.exc_info[1], CutOff))


VERBS = (serve,)
