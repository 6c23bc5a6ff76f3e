"""What the endpoints promise to strangers, in both languages, with the limits in force; shown at ``/about``.

``tests/endpoints`` holds the server to them; ``docs/endpoints.md`` explains them.
"""

from graph.settings import Settings

_PROMISES = (
    (
        "Every request is answered or clearly refused within {query_seconds:g} seconds (writes {write_seconds:g}).",
        "Setiap permintaan dijawab atau ditolak dengan jelas dalam {query_seconds:g} detik "
        "(penulisan {write_seconds:g}).",
    ),
    (
        "Never a silently short result: complete, an error, or a visibly broken transfer.",
        "Tidak pernah ada hasil yang diam-diam terpotong: lengkap, galat, atau transfer yang jelas terputus.",
    ),
    (
        "No client's query delays another's light query by more than a second; overload gives 503 or 429 with a "
        "time to come back.",
        "Kueri satu klien tidak menunda kueri ringan klien lain lebih dari satu detik; kelebihan beban dijawab 503 "
        "atau 429 dengan waktu untuk kembali.",
    ),
    (
        "No request is sent to anybody on your behalf, ever.",
        "Tidak ada permintaan yang dikirim ke siapa pun atas nama Anda.",
    ),
    (
        "No write without credentials; each write is all or nothing.",
        "Tidak ada penulisan tanpa kredensial; setiap penulisan utuh atau tidak sama sekali.",
    ),
    (
        "The SPARQL 1.1 Protocol and Graph Store Protocol in full; deviations of the engine are published.",
        "Protokol SPARQL 1.1 dan Graph Store secara penuh; penyimpangan mesinnya diumumkan.",
    ),
    (
        "Names of entities keep resolving: HTML, Turtle, JSON-LD, N-Triples, RDF/XML.",
        "Nama entitas tetap dapat dibuka: HTML, Turtle, JSON-LD, N-Triples, RDF/XML.",
    ),
    (
        "The counts in the dataset description are true, its licence is an IRI, and dumps are there for bulk use.",
        "Jumlah dalam deskripsi himpunan data benar, lisensinya berupa IRI, dan berkas lengkap tersedia.",
    ),
)


def promises(settings: Settings, language: str) -> list[str]:
    """The promises as sentences, in Indonesian (``id``) or English."""
    column = 1 if language == "id" else 0
    limits = {name: settings.seconds(name) for name in ("query_seconds", "write_seconds")}
    return [promise[column].format(**limits) for promise in _PROMISES]
