"""Every pair of colours of the look can be read, day and night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "assets" / "styles" / "tokens.css").read_text()
BY_DAY, _, AT_NIGHT = CSS.partition("@media (prefers-color-scheme: dark)")
BY_SYSTEM, _, BY_CHOICE = AT_NIGHT.partition(':root.dark, :root[data-theme="dark"]')
TEXT, SHAPE = 4.5, 3.0
PAPERS = "paper paper-deep card"
INKS = ("red", "orange", "ochre", "green", "petrol", "blue", "violet", "chestnut")
PAIRS = (
    ("ink", f"{PAPERS} accent-soft go-soft warn-soft stop-soft", TEXT),
    ("ink-soft", f"{PAPERS} accent-soft warn-soft stop-soft", TEXT),
    ("on-castano", "castano skirt", TEXT),
    ("on-castano-soft", "castano skirt", TEXT),
    ("on-accent", "accent accent-press", TEXT),
    ("accent-ink", f"{PAPERS} accent-soft", TEXT),
    ("on-plate", "plate", TEXT),
    ("on-plate-soft", "plate", TEXT),
    ("go", f"{PAPERS} go-soft", TEXT),
    ("warn", f"{PAPERS} warn-soft", TEXT),
    ("stop", f"{PAPERS} stop-soft", TEXT),
    ("on-stop", "stop-fill stop-press", TEXT),
    ("warn-mark", "paper card warn-soft", SHAPE),
    ("line-strong", PAPERS, SHAPE),
    ("filetto", PAPERS, SHAPE),
    ("filetto-skirt", "skirt", SHAPE),
    ("focus", f"{PAPERS} accent-soft", SHAPE),
    ("accent", PAPERS, SHAPE),
    ("stop-fill", "paper card", SHAPE),
    *((f"seal-{ink}", PAPERS, TEXT) for ink in INKS),
)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


THEMES = {"light": tokens(BY_DAY), "dark": tokens(BY_DAY) | tokens(BY_CHOICE)}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "backs", "least"), PAIRS)
def test_every_pair_can_be_read(theme: str, front: str, backs: str, least: float) -> None:
    colours = THEMES[theme]

    too_weak = [b for b in backs.split() if contrast(colours[front], colours[b]) < least]

    assert too_weak == []


def test_no_colour_fades() -> None:
    # Half-way between two pairs that can be read there are colours that cannot.
    styles = (Path(__file__).parents[2] / "assets" / "styles").glob("*.css")
    faded = [
        what
        for style in styles
        for what in re.findall(r"transition:([^;}]+)", style.read_text())
        if re.search(r"color|background|border|\ball\b", what)
    ]

    assert faded == []


def test_night_is_the_same_by_system_and_by_choice() -> None:
    assert tokens(BY_SYSTEM)
    assert tokens(BY_SYSTEM) == tokens(BY_CHOICE)


def test_every_value_used_is_a_token() -> None:
    styles = (Path(__file__).parents[2] / "assets" / "styles").glob("*.css")
    text = "".join(style.read_text() for style in styles)

    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    given = set(re.findall(r"--([\w-]+):", text))

    assert used - given == set()
