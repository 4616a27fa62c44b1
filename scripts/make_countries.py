"""Write reading/languages/en/countries.csv: the names of states and territories from rigour (MIT), one form a line.

Run it in an environment that has rigour (it needs PyICU, so the program itself reads only the CSV)::

    python scripts/make_countries.py > src/onrecord/reading/languages/en/countries.csv

Adjectives, peoples, short forms and seats of government are not in rigour: they stand in demonyms.csv, kept by hand.
"""

from __future__ import annotations

import csv
import re
import sys

from rigour.territories import get_territories

NOT_STATES = {"an", "bv", "cp", "cq", "dd", "dg", "eu", "hm", "ic", "ip", "ta", "um", "un", "zr", "zz", "ac", "tf"}
SHORTER = {
    "Cocos (Keeling) Islands": "Cocos Islands",
    "Hong Kong SAR": "Hong Kong",
    "Macao SAR": "Macao",
    "Naoero": "Nauru",
    "Republic of Naoero": "Republic of Nauru",
}


def forms() -> list[tuple[str, str, str]]:
    """(form, ISO alpha-2, name or full) of every present state and territory, sorted by code."""
    found = []
    for place in sorted(get_territories(), key=lambda place: place.code):
        if len(place.code) != 2 or place.code in NOT_STATES or place.is_historical:
            continue
        name = SHORTER.get(place.name, place.name)
        found.append((name, place.code.upper(), "name"))
        full = re.sub(r" ?[(\[].*", "", SHORTER.get(place.full_name, place.full_name)).removeprefix("The ")
        if full != name:
            found.append((full, place.code.upper(), "full"))
    return found


def main() -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("word", "code", "kind", "source"))
    writer.writerows((*form, "rigour territories (MIT)") for form in forms())


if __name__ == "__main__":
    main()
