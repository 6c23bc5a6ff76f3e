"""The list of all that is served. A blueprint is added by adding one line here."""

from collections.abc import Iterable

from flask import Blueprint


def blueprints() -> Iterable[Blueprint]:
    """Every blueprint, in the order in which they are registered."""
    from web.graph_store import graph_store
    from web.health import health
    from web.linked_data.dataset import dataset
    from web.linked_data.discovery import discovery
    from web.linked_data.downloads import downloads
    from web.linked_data.entities import entities
    from web.linked_data.feeds import feeds
    from web.linked_data.oai import oai
    from web.linked_data.sameness import sameness
    from web.pages.all import pages
    from web.reconcile.service import reconcile
    from web.review.all import review
    from web.sparql.endpoint import sparql
    from web.uploading import uploading
    from web.vocabulary_page import vocabulary_page

    return (
        health,
        sparql,
        graph_store,
        entities,
        dataset,
        downloads,
        feeds,
        oai,
        sameness,
        discovery,
        vocabulary_page,
        reconcile,
        review,
        uploading,
        pages,
    )
