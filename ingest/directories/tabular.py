"""Directories that are tables: Koha branches, ISIL lists, Evergreen units, IMLS files, German statistics."""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.names import entity
from ingest.directories.organisation import DAYS, Organisation, Reading
from ingest.sheets.tables import decoded, delimiter_of
from ingest.sheets.triples import iri, text, typed

Cells = dict[str, str]


def opened(path: Path) -> str:
    """The text of a file, decompressed; Windows-1252 when it is not UTF-8."""
    raw = path.read_bytes()
    content = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return decoded(content) or content.decode("cp1252", "replace")


def beginning(path: Path, size: int = 1 << 16) -> str:
    """The first bytes of a file as text, decompressed."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return file.read(size).decode("utf-8-sig", "replace")


def rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """The rows by heading (casefolded), with their numbers in the spreadsheet."""
    content = opened(path)
    for number, row in enumerate(csv.DictReader(io.StringIO(content), delimiter=delimiter_of(content)), 2):
        yield number, {k.strip().casefold(): (v or "").strip() for k, v in row.items() if isinstance(k, str)}


def koha_branches(path: Path, reading: Reading) -> None:
    """Koha: the report on ``branches``; ``branchillemail`` is the address of the cooperation officer."""
    for number, row in rows(path):
        code = row["branchcode"]
        if not code or not row["branchname"]:
            reading.note("empty-cell", "Branch without code or name; left out.", number, lost=True)
            continue
        lat, _, lon = row.get("geolocation", "").partition(",")
        Organisation(
            code, row["branchname"], codes=(code,), isil=row.get("marcorgcode", ""), city=row.get("branchcity", ""),
            region=row.get("branchstate", ""), country=row.get("branchcountry", ""), lat=lat.strip(),
            lon=lon.strip(), street=row.get("branchaddress1", ""), postcode=row.get("branchzip", ""),
            email=row.get("branchemail", ""), telephone=row.get("branchphone", ""), url=row.get("branchurl", ""),
        ).state(reading, number)  # fmt: skip
        if row.get("branchillemail"):
            officer(reading, code, row["branchillemail"])


def officer(reading: Reading, code: str, email: str) -> None:
    """State that a library has an officer for cooperation, by the address to write to."""
    post = entity(reading.base, f"post-{code}")
    for predicate, value in (
        ("rdf:type", iri("org:Post")),
        ("org:postIn", f"<{entity(reading.base, code)}>"),
        ("org:role", iri("jp:role-cooperation-officer")),
        ("schema:email", text(email)),
    ):
        reading.lines.append(f"<{post}> {iri(predicate)} {value} .")


def isil_list(path: Path, reading: Reading) -> None:
    """Lists of ISILs with name, city and country."""
    for number, row in rows(path):
        isil = row["isil"]
        if not isil or not row.get("name"):
            reading.note("empty-cell", "Line without ISIL or name; left out.", number, lost=True)
            continue
        country = row.get("country", "") or isil.partition("-")[0]
        Organisation(isil, row["name"], isil=isil, city=row.get("city", ""), country=country).state(reading, number)


def evergreen(path: Path, reading: Reading) -> None:
    """Evergreen organisation units; their codes are the 852 $b of its records."""
    units = list(rows(path))
    codes = {row["id"]: row["code"] for _, row in units}
    for number, row in units:
        hours = dict(zip(DAYS, (row.get(day[:3].casefold(), "") for day in DAYS), strict=True))
        Organisation(
            row["code"], row["name"], kind=reading.kind("evergreen", row["level"]), codes=(row["code"],),
            parent=codes.get(row["parent_id"], ""), street=row["street"], city=row["city"], region=row["state"],
            country={"USA": "US", "United States": "US"}.get(row["country"], row["country"]),
            postcode=row["postcode"], lat=row["latitude"], lon=row["longitude"], email=row["email"],
            telephone=row["phone"], hours=hours,
        ).state(reading, number)  # fmt: skip


FIGURES = {
    "loanto": "itemsLent", "loanfm": "itemsBorrowed", "bkvol": "volumes", "popu_lsa": "population",
    "totstaff": "staff", "libraria": "librarians",
}  # fmt: skip
FEDERATION = {"HQ": "headquarters", "ME": "member", "NO": "none"}


def imls_systems(path: Path, reading: Reading) -> None:
    """IMLS Public Libraries Survey, administrative entities: directory and yearly figures."""
    for number, row in rows(path):
        key = row["fscskey"]
        node = Organisation(key, row["libname"], kind="kind-public-library", **_imls(row)).state(reading, number)
        if role := FEDERATION.get(row.get("c_relatn", "")):
            node.say("jp:federationRole", iri(f"jp:federation-{role}"))
        year = node.part("figures", "jp:yearlyFigures", "jp:YearlyFigures")
        for column, name in FIGURES.items():
            value = row.get(column, "")
            if value.startswith("-"):
                reading.note("missing-figure", f"{column.upper()} is {value}: the survey has no figure.", number)
            elif value:
                staff = name in {"staff", "librarians"}
                year.say(f"jp:{name}", typed(value, "decimal" if staff else "integer"))


def imls_outlets(path: Path, reading: Reading) -> None:
    """IMLS Public Libraries Survey, outlets: central libraries, branches, bookmobiles, under their system."""
    for number, row in rows(path):
        key = f"{row['fscskey']}-{row['fscs_seq']}"  # LIBID is shared by a fifth of the outlets
        Organisation(
            key, row["libname"], kind="kind-public-library", parent=row["fscskey"], **_imls(row)
        ).state(reading, number)  # fmt: skip


def _imls(row: Cells) -> Any:
    names = {
        "street": "address", "city": "city", "region": "stabr", "postcode": "zip", "telephone": "phone",
        "lat": "latitude", "lon": "longitud",
    }  # fmt: skip
    found = {name: row.get(column, "") for name, column in names.items()}
    return {"country": "US", **{k: "" if v in {"M", "-3", "-4", "-1"} else v for k, v in found.items()}}


def dbs(path: Path, reading: Reading) -> None:
    """Master data of the German library statistics, which lobid-organisations is made from."""
    for number, row in rows(path):
        said = {key: "" if value == "NULL" else value for key, value in row.items()}
        Organisation(
            said["isil"] or said["inr"], said["nam"], isil=said["isil"], codes=(said["inr"],),
            kind=reading.kind("lobid", f"n{said['typ_id']}"), street=said["strasse"], city=said["ort"],
            postcode=said["plz"], country="DE", lat=said["lat"], lon=said["lon"], url=said["url"],
            catalogue=said["opac"], hours_text=said["oeffnungszeiten"],
        ).state(reading, number)  # fmt: skip
