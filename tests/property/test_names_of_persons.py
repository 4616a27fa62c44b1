"""Names are looked for by keys: whatever may be one person's name is found by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.people_names import asked_keys, held_keys, same_person

PARTS = (
    "Ana",
    "ana",
    "ANA",
    "Ode",
    "ODE",
    "A.",
    "Brandt-Ode",
    "Brandt",
    "AnaOde",
    "Al-Amri",
    "Amri",
    "al",
    "Jr.",
    "III",
)
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join)


@given(one=NAMES, two=NAMES)
def test_one_persons_names_share_a_key(one: str, two: str) -> None:
    if same_person(one, two):
        assert held_keys(one) & asked_keys(two)
        assert held_keys(two) & asked_keys(one)
