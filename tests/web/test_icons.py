"""Every icon and seal that the screens name is drawn."""

import re
from pathlib import Path
from typing import get_args

from treno_chat.domain.people import Gender
from treno_chat.domain.seals import Ink, Shape
from treno_chat.web.components.icons import AT_THE_DOOR, IconName

ASSETS = Path(__file__).parents[2] / "assets"


def drawn(sheet: str) -> set[str]:
    return set(re.findall(r'<symbol id="(\w+)"', (ASSETS / sheet).read_text()))


def test_every_icon_is_drawn_and_named() -> None:
    assert drawn("icons.svg") == AT_THE_DOOR | {"brand"}
    assert drawn("inside.svg") == set(get_args(IconName)) - AT_THE_DOOR


def test_every_gender_has_a_glyph() -> None:
    assert set(Gender) <= drawn("icons.svg")


def test_every_seal_has_a_shape_and_an_ink() -> None:
    styles = (ASSETS / "styles" / "ground.css").read_text()

    assert drawn("seals.svg") == set(Shape)
    assert set(re.findall(r"\.ink-(\w+) \{", styles)) == set(Ink)


def test_the_sheets_carry_no_script() -> None:
    for sheet in ASSETS.glob("*.svg"):
        assert not re.search(
            r"<script|\bon\w+=|javascript:|https?://(?!www\.w3\.org)", sheet.read_text()
        )
