from graph.matching.own import own_entries, own_headings
from graph.store import LocalStore

TEXT = """
<http://b/id/agent/1> a bf:Person , bf:Agent ; rdfs:label "Sutarno, Mira, 1950-" ;
  bflc:marcKey "1001 $aSutarno, Mira,$d1950-$eauthor" .
<http://b/id/work/1> a bf:Work ; rdfs:label "Kebun kopi" ; bf:title <http://b/id/work/1#t> ;
  bf:language <http://id.loc.gov/vocabulary/languages/ind> ; bf:contribution <http://b/id/work/1#c> ;
  bf:subject <http://b/id/subject/1> .
<http://b/id/work/1#t> bf:mainTitle "Kebun kopi" .
<http://b/id/work/1#c> bf:agent <http://b/id/agent/1> ; bf:role <http://id.loc.gov/vocabulary/relators/aut> .
<http://b/id/subject/1> a bf:Topic , madsrdf:ComplexSubject ; rdfs:label "Kopi--Jawa" ;
  bf:source <http://id.loc.gov/vocabulary/subjectSchemes/lcsh> ; madsrdf:componentList <http://b/id/subject/1#c1> .
<http://b/id/subject/1#c1> rdf:first <http://b/id/component/1> ; rdf:rest <http://b/id/subject/1#c2> .
<http://b/id/subject/1#c2> rdf:first <http://b/id/component/2> ; rdf:rest rdf:nil .
<http://b/id/component/1> madsrdf:authoritativeLabel "Kopi" .
<http://b/id/component/2> madsrdf:authoritativeLabel "Jawa" .
<http://b/id/lib> a schema:Library , bf:Organization ; schema:name "Perpustakaan Kota"@id ;
  schema:address <http://b/id/lib#a> ; schema:geo <http://b/id/lib#g> .
<http://b/id/lib#a> schema:addressLocality "Bandung" .
<http://b/id/lib#g> schema:latitude -6.9 ; schema:longitude 107.6 .
"""


def network() -> LocalStore:
    import pyoxigraph as ox

    from graph.names import PREFIXES

    store = LocalStore.in_memory()
    turtle = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + TEXT
    store.store.load(turtle.encode(), ox.RdfFormat.TURTLE)
    return store


def test_an_agent_comes_with_dates_titles_languages_and_roles():
    (mira,) = own_entries(network(), ["person"])
    assert (mira.label, mira.dates, mira.titles) == ("Sutarno, Mira, 1950-", "1950-", ("Kebun kopi",))
    assert (mira.languages, mira.roles) == (("ind",), ("aut",))


def test_a_subject_chain_comes_with_its_parts_and_scheme():
    (coffee,) = own_headings(network(), ["topic"])
    assert (coffee.text, coffee.parts, coffee.scheme) == ("Kopi--Jawa", ("Kopi", "Jawa"), "lcsh")


def test_a_library_is_one_although_it_is_an_organisation_too():
    found = list(own_entries(network(), ["library", "organization"]))
    assert [(one.kind, one.place, one.coordinates) for one in found] == [("library", "Bandung", (-6.9, 107.6))]


def test_a_work_names_its_makers():
    (work,) = own_headings(network(), ["work"])
    assert work.names == ("Sutarno, Mira, 1950-",)
