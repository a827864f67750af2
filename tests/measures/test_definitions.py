import re

import pytest

from helpers import definitions as d
from helpers.audit import rule
from helpers.data import Tables


@pytest.mark.parametrize(
    ("actor", "group"),
    [
        ("JNIM: Group for Support of Islam and Muslims", "jnim"),
        (
            "JNIM: Group for Support of Islam and Muslims and/or Islamic State (West Africa) - Greater Sahara Faction",
            "jnim-or-is",
        ),
        ("Islamic State Sahel Province / Islamic State (Greater Sahara)", "is-sahel"),
        ("Katiba Macina", "flm"),
        ("Katiba Serma", "jnim"),
        ("GMA: Mourabitounes Group of Azawad", "jnim"),
        ("Military Forces of Mali (2013-2020) Operational Coordination Mechanism", "state"),
        ("Mutiny of Military Forces of Mali (2002-2012)", "state"),
        ("Military Forces of France (2017-)", "france-partners"),
        ("MAA: Arab Movement of the Azawad (CMA)", "separatist"),
        ("MAA: Arab Movement of the Azawad (Platform)", "platform"),
        ("Daoussahak Ethnic Militia (Mali)", "militia"),
        ("Civilians (Burkina Faso)", "civilians"),
        ("Unidentified Armed Group (Mali)", "unidentified"),
        ("", "none"),
        ("A name nobody has seen", None),
    ],
)
def test_actor_names_find_their_group(actor, group):
    assert d.group_of(actor) == group


def test_wagner_counts_only_from_its_arrival():
    assert d.group_of("Wagner Group", "2021-12") == "wagner"
    assert d.group_of("Wagner Group", "2021-11") is None


def test_every_pattern_compiles_and_names_a_known_group_and_a_reason():
    for row in d.ACTORS:
        re.compile(row.pattern)
        assert row.group in d.GROUP_IDS
        assert row.reason


def test_zones_share_out_every_region_once():
    regions = [region for zone in d.ZONES.values() for region in zone]
    assert len(regions) == len(set(regions))
    assert set(d.REGIONS) == set(regions) - {"Taoudenit"}


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.5, 0, 1),
        (1.5, 0, 2),
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (54.5, 0, 55),
        (1450, -2, 1500),
        (2.675, 2, 2.68),
        (54.43, 0, 54),
    ],
)
def test_halves_are_rounded_up_as_people_do(value, digits, expected):
    assert d.round_half_up(value, digits) == expected


def test_bands_and_labels_fit_each_other():
    assert len(d.BAND_LABELS) == len(d.BAMAKO_BANDS_KM) + 1
    assert d.BAMAKO_RADIUS_KM in d.BAMAKO_BANDS_KM


def test_vintage_tolerance_is_what_the_fresh_months_of_2020_show():
    table = Tables().vintages()
    fresh = table[table["month"].str.startswith("2020")]
    then, now = fresh["mi_events_then"].sum(), fresh["mi_events_now"].sum()
    assert (then, now) == (287, 310)
    assert round(now / then - 1, 2) == d.VINTAGE_TOLERANCE
    vac_then, vac_now = fresh["mi_civilian_events_then"].sum(), fresh["mi_civilian_events_now"].sum()
    assert round(vac_now / vac_then - 1, 2) == d.VINTAGE_TOLERANCE
    share_then, share_now = then / fresh["events_then"].sum(), now / fresh["events_now"].sum()
    assert round(share_now / share_then - 1, 2) == rule.REVISIONS["share"]


def test_old_months_hardly_move_between_vintages():
    table = Tables().vintages()
    old = table[table["month"] < "2020"]
    assert abs(old["events_now"].sum() / old["events_then"].sum() - 1) < 0.01
