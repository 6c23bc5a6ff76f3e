"""Medium of performance and musical forms: 047, 048 and 382."""

from tests.convert.saying import said

COMPONENT = "Work bf:ensemble/[bf:Ensemble]/bf:mediumComponent/[bf:MediumComponent]"


def test_each_medium_has_its_own_number_and_notes() -> None:
    found = said(r"=382  01$bviolin$n1$agamelan$e2$vSurakarta$pflute$s5$2lcmpt")
    assert f"{COMPONENT}/bf:mediumOfPerformance lca:performanceMediums/mp2013015280" in found
    assert f"{COMPONENT}/bf:mediumComponentQualifier loc:medcompqual/solo" in found
    assert f'{COMPONENT}/bf:note/[bf:Note+loc:mnotetype/alternative]/rdfs:label "flute"' in found
    assert 'Work bf:ensemble/[bf:Ensemble]/bf:note/[bf:Note]/rdfs:label "performers: 5"' in found


def test_a_medium_of_no_list_keeps_its_words_and_source() -> None:
    found = said(r"=382  \\$akentongan$2lokal")
    medium = f"{COMPONENT}/bf:mediumOfPerformance/[bf:MediumOfPerformance]"
    assert {f'{medium}/rdfs:label "kentongan"', f'{medium}/bf:source/[bf:Source]/bf:code "lokal"'} <= found


def test_a_partial_medium_says_so() -> None:
    assert "Work bf:ensemble/[bf:Ensemble]/bf:status loc:mstatus/part" in said(r"=382  1\$arebab")


def test_coded_instruments_become_terms_and_unknown_ones_keep_their_code() -> None:
    found = said(r"=048  \\$bva02$azz")
    assert f"{COMPONENT}/bf:mediumOfPerformance lca:performanceMediums/mp2013015666" in found
    assert f'{COMPONENT}/bf:count "2"' in found
    assert f'{COMPONENT}/bf:mediumOfPerformance/[bf:MediumOfPerformance]/bf:code "zz"' in found


def test_a_form_of_another_list_stays_a_code() -> None:
    found = said(r"=047  \7$asy$2iamlmf")
    assert 'Work bf:genreForm/[bf:GenreForm]/bf:code "sy"' in found
    assert "Work bf:genreForm/[bf:GenreForm]/bf:source loc:musiccompschemes/iamlmf" in found
    assert 'Work bf:genreForm/[bf:GenreForm]/bf:code "q?"' in said(r"=047  \\$aq?")
