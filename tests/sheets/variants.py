# ruff: noqa: E501
"""Broken variants of the example network: an update, the entity it breaks, and part of the message it must give."""

PREFIXES = """PREFIX ex: <https://data.jejaring.example/id/>
PREFIX jp: <https://w3id.org/jejaring/ns#>
PREFIX bf: <http://id.loc.gov/ontologies/bibframe/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX odrl: <http://www.w3.org/ns/odrl/2/>
PREFIX schema: <https://schema.org/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> """

VARIANTS = [
    ("DELETE {ex:P1 schema:startDate ?x} WHERE {ex:P1 schema:startDate ?x}", "P1", "Tanggal mulai"),
    (
        'DELETE {ex:A3 schema:endDate ?x} INSERT {ex:A3 schema:endDate "2020-01-01"^^xsd:date} WHERE {ex:A3 schema:endDate ?x}',
        "A3",
        "mendahului",
    ),
    (
        'INSERT DATA {ex:mbx a org:Membership ; org:organization ex:jpmr ; org:member ex:kota ; org:role jp:role-focal-point ; schema:startDate "2026-01-01"^^xsd:date}',
        "jpmr",
        "Dua focal point",
    ),
    (
        "DELETE {ex:P2 jp:cooperationForm ?x} INSERT {ex:P2 jp:cooperationForm ex:nonsense} WHERE {ex:P2 jp:cooperationForm ?x}",
        "P2",
        "Bentuk kerja sama",
    ),
    (
        "DELETE {?m org:organization ex:P4} WHERE {?m org:organization ex:P4 ; org:member ex:univ}",
        "P4",
        "sedikitnya dua organisasi",
    ),
    (
        "DELETE {?m org:role jp:role-processing-centre} INSERT {?m org:role jp:role-member} WHERE {?m org:organization ex:P3 ; org:role jp:role-processing-centre}",
        "P3",
        "tanpa pusat pengolahan",
    ),
    ("DELETE {ex:A3 jp:signedBy ?x} WHERE {ex:A3 jp:signedBy ?x FILTER(?x!=ex:prov)}", "A3", "dua pihak"),
    ("DELETE {ex:A3 odrl:permission ?x} WHERE {ex:A3 odrl:permission ?x}", "A3", "satu pun aturan"),
    ("DELETE {ex:A1 jp:hasClause ex:A1-c8} WHERE {}", "A1", "Faktor 8"),
    (
        "DELETE {ex:A1-lend odrl:action ?x} INSERT {ex:A1-lend odrl:action odrl:play} WHERE {ex:A1-lend odrl:action ?x}",
        "A1-lend",
        "di luar profil",
    ),
    ("DELETE {ex:A1-lend odrl:assignee ?x} WHERE {ex:A1-lend odrl:assignee ?x}", "A1-lend", "Penerima wajib"),
    (
        "DELETE {ex:A1-lend odrl:constraint ?c} WHERE {ex:A1-lend odrl:constraint ?c . ?c odrl:leftOperand odrl:elapsedTime}",
        "A1-lend",
        "lama pinjam",
    ),
    (
        "DELETE {ex:A1-scan jp:copyrightRule ?c} WHERE {ex:A1-scan jp:copyrightRule ?c}",
        "A1-scan",
        "dasar hak cipta",
    ),
    (
        "INSERT DATA {ex:A1-lend odrl:constraint [ a odrl:Constraint ; odrl:leftOperand odrl:spatial ; odrl:operator odrl:eq ; odrl:rightOperand ex:x ]}",
        "A1-lend",
        "Syarat aturan tidak lengkap",
    ),
    (
        'DELETE {?c odrl:rightOperand ?v} INSERT {?c odrl:rightOperand "21"} WHERE {ex:A1-lend odrl:constraint ?c . ?c odrl:leftOperand odrl:elapsedTime ; odrl:rightOperand ?v}',
        "A1-lend",
        "Syarat aturan tidak lengkap",
    ),
    (
        "DELETE {?d odrl:compensatingParty ?v} WHERE {ex:A1-photocopy odrl:duty ?d . ?d odrl:compensatingParty ?v}",
        "A1-photocopy",
        "Kewajiban biaya tidak lengkap",
    ),
    (
        "DELETE {?r odrl:unit ?v} WHERE {ex:A1-photocopy odrl:duty/odrl:action/odrl:refinement ?r . ?r odrl:unit ?v}",
        "A1-photocopy",
        "Kewajiban biaya tidak lengkap",
    ),
    (
        "INSERT DATA {ex:A1-no-lend-rare odrl:constraint [ odrl:leftOperand odrl:count ]}",
        "A1-no-lend-rare",
        "Larangan bersyarat",
    ),
    ("DELETE {ex:OF1 odrl:conflict ?x} WHERE {ex:OF1 odrl:conflict ?x}", "OF1", ""),
    ("DELETE {ex:i01 bf:heldBy ?x} WHERE {ex:i01 bf:heldBy ?x}", "i01", "tanpa pemilik"),
    ("INSERT DATA {ex:i01 odrl:partOf jp:cat-general}", "i01", "Kategori koleksi"),
    (
        "DELETE {ex:i01 bf:usageAndAccessPolicy ?x} WHERE {ex:i01 bf:usageAndAccessPolicy ?x}",
        "i01",
        "Akses eksemplar",
    ),
    ("INSERT DATA {ex:A1-lend odrl:target jp:cat-av}", "A1-lend", "kategori jejaring"),
    (
        "DELETE {ex:A1-lend odrl:target ?x} INSERT {ex:A1-lend odrl:target ex:i03} WHERE {ex:A1-lend odrl:target ?x}",
        "A1-lend",
        "kategori jejaring",
    ),
    ("INSERT DATA {ex:rs3 jp:task jp:task-training}", "rs3", ""),
    (
        "DELETE {ex:rs3 jp:library ?x} INSERT {ex:rs3 jp:library ex:samudra} WHERE {ex:rs3 jp:library ?x}",
        "rs3",
        "bukan anggota",
    ),
    (
        "DELETE {ex:rs3 dct:subject ?x} INSERT {ex:rs3 dct:subject jp:subj-6} WHERE {ex:rs3 dct:subject ?x}",
        "rs3",
        "Duplikasi",
    ),
    ("DELETE {ex:tf1 jp:to ?x} INSERT {ex:tf1 jp:to ex:prov} WHERE {ex:tf1 jp:to ?x}", "tf1", "Pengirim sama"),
    (
        'DELETE {ex:sg2 schema:startDate ?x} INSERT {ex:sg2 schema:startDate "2026-03-01"^^xsd:date} WHERE {ex:sg2 schema:startDate ?x}',
        "sg2",
        "dua tempat",
    ),
    (
        "DELETE {ex:sg2 jp:library ?x} INSERT {ex:sg2 jp:library ex:giri} WHERE {ex:sg2 jp:library ?x}",
        "sg2",
        "bukan pihak",
    ),
    ("DELETE {ex:rq01 jp:underPolicy ?x} WHERE {ex:rq01 jp:underPolicy ?x}", "rq01", "tanpa dasar"),
    (
        'DELETE {ex:rq01 jp:suppliedOn ?x} INSERT {ex:rq01 jp:suppliedOn "2025-12-01"^^xsd:date} WHERE {ex:rq01 jp:suppliedOn ?x}',
        "rq01",
        "",
    ),
    ("DELETE {ex:ob1 dct:type ?x} INSERT {ex:ob1 dct:type ex:bored} WHERE {ex:ob1 dct:type ?x}", "ob1", ""),
    (
        "DELETE {?a jp:question jp:q-7-weight} WHERE {ex:ra2 jp:answer ?a . ?a jp:question jp:q-7-weight}",
        "ra2",
        "ketujuh",
    ),
    ('DELETE {ex:kota jp:npp ?x} INSERT {ex:kota jp:npp "123"} WHERE {ex:kota jp:npp ?x}', "kota", "NPP"),
    ("INSERT DATA {ex:prov org:classification jp:kind-village-library}", "prov", ""),
    ("DELETE {ex:kota schema:name ?x} WHERE {ex:kota schema:name ?x}", "kota", "Nama"),
    (
        "DELETE {ex:mb01 org:member ?x} INSERT {ex:mb01 org:member ex:nobody} WHERE {ex:mb01 org:member ?x}",
        "mb01",
        "",
    ),
    ("DELETE {ex:mb02 org:role ?x} WHERE {ex:mb02 org:role ?x}", "mb02", ""),
    (
        'DELETE {ex:jpmr schema:startDate ?x} INSERT {ex:jpmr schema:startDate "2022"} WHERE {ex:jpmr schema:startDate ?x}',
        "jpmr",
        "Tanggal mulai",
    ),
    ("DELETE {ex:A1 dct:type ?x} WHERE {ex:A1 dct:type ?x}", "A1", ""),
    ("DELETE {ex:tf2 jp:quantity ?x} INSERT {ex:tf2 jp:quantity 0} WHERE {ex:tf2 jp:quantity ?x}", "tf2", ""),
    ("DELETE {ex:ob1 jp:severity ?x} INSERT {ex:ob1 jp:severity 4} WHERE {ex:ob1 jp:severity ?x}", "ob1", ""),
    ("DELETE {ex:rs3 jp:goalLevel ?x} INSERT {ex:rs3 jp:goalLevel 9} WHERE {ex:rs3 jp:goalLevel ?x}", "rs3", ""),
    ("DELETE {ex:at1 jp:met ?x} WHERE {ex:at1 jp:met ?x}", "at1", ""),
    ("INSERT DATA {ex:A1-no-lend-local odrl:duty ex:A1-no-lend-local-fee}", "A1-no-lend-local", "berbiaya"),
]
