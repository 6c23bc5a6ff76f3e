"""Who vouches for a record: 042."""

from tests.convert.saying import said

PATH = "Work bf:adminMetadata/[bf:AdminMetadata]/bf:descriptionAuthentication"


def test_all_codes_are_said_of_the_record() -> None:
    assert {f"{PATH} loc:marcauthen/pcc", f"{PATH} loc:marcauthen/lcode"} <= said(r"=042  \\$apcc$alcode")


def test_what_is_no_code_stays_text() -> None:
    found = said(r"=042  \\$achecked by hand")
    assert f'{PATH}/[bf:DescriptionAuthentication]/rdfs:label "checked by hand"' in found
