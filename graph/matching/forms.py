"""Forms: how names are made comparable, from the strictest likeness to the loosest."""

from graph.search_text import fold


def normal(text: str) -> str:
    """Lower case, without diacritics and punctuation."""
    return fold(text)


def sorted_tokens(text: str) -> str:
    """The words in alphabetical order, so that ``Toer, Pramoedya`` meets ``Pramoedya Toer``."""
    return " ".join(sorted(fold(text).split()))
