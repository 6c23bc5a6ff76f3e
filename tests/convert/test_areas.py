"""Places of maps: 052."""

from tests.convert.saying import said


def test_every_subarea_is_a_place() -> None:
    found = said(r"=052  \\$a8074$bY6$bS9")
    assert {
        "Work bf:geographicCoverage lca:classification/G8074.Y6",
        "Work bf:geographicCoverage lca:classification/G8074.S9",
    } <= found
    assert "Work bf:geographicCoverage lca:classification/G8074" not in found


def test_another_scheme_is_named() -> None:
    found = said(r"=052  7\$aID-YO$2iso3166$dYogyakarta")
    node = "Work bf:geographicCoverage/[bf:GeographicCoverage]"
    assert {f'{node}/rdf:value "ID-YO"', f'{node}/rdfs:label "Yogyakarta"'} <= found
    assert f'{node}/bf:source/[bf:Source]/bf:code "iso3166"' in found


def test_what_is_no_class_stays_text() -> None:
    assert 'Work bf:geographicCoverage "<Jawa>"' in said(r"=052  \\$a<Jawa>")
