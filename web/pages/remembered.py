"""Pages made of answers that take a while: made once for each release, address, language, day and library."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, request

from web.pages.visit import visit

LONGEST = 2_000
"""Characters of an address; a longer one is not worth remembering."""
View = TypeVar("View", bound=Callable[..., Response | str])


def remembered(view: View) -> View:
    """Declare that a view says the same whenever it is asked the same; files it gives are made each time."""

    @wraps(view)
    def shown(*given: Any, **named: Any) -> Response | str:
        here = visit()
        key = (request.full_path, here.language, here.on)
        known = here.shelf.page(key)
        if known is not None:
            return known
        page = view(*given, **named)
        if isinstance(page, str) and len(request.full_path) <= LONGEST:
            here.shelf.keep_page(key, page)
        return page

    return shown  # type: ignore[return-value]
