"""A model that is half set, or to be asked in the open, keeps the house shut: it says why."""

import pytest

from treno_chat.running import sound_assistant
from treno_chat.running.sound_assistant import assistant_faults
from treno_chat.settings import Settings

WRITES = {
    "assistant_base_url": "https://models.example.org/v1",
    "assistant_model": "wise",
    "assistant_api_key": "sk-hush",
}
OTHER = {
    "assistant_fallback_base_url": "http://localhost:11434/v1",
    "assistant_fallback_model": "near",
}


def faults(**given: object) -> list[str]:
    """Return what is wrong with settings."""
    return list(assistant_faults(Settings.model_validate(given)))


@pytest.mark.parametrize("given", [{}, WRITES, {**WRITES, **OTHER}, {"embeddings": "off"}])
def test_what_is_whole_is_in_order(given: dict[str, str]) -> None:
    assert faults(**given) == []


@pytest.mark.parametrize("missing", ["assistant_base_url", "assistant_model"])
def test_half_a_model_is_none(missing: str) -> None:
    (fault,) = faults(**{**WRITES, missing: ""})

    assert missing.upper() in fault


def test_a_second_model_needs_a_first() -> None:
    (fault,) = faults(**OTHER)

    assert "set ASSISTANT_BASE_URL" in fault


def test_vectors_from_elsewhere_need_to_know_where() -> None:
    (fault,) = faults(embeddings="remote", embeddings_model="wise")

    assert "EMBEDDINGS_BASE_URL" in fault


@pytest.mark.parametrize(
    "url",
    [
        "models.example.org/v1",
        "ftp://models.example.org/v1",
        "https://user:hush@models.example.org/v1",
        "https://models.example.org/v1?key=hush",
        "https://models.example.org/v1#hush",
        "https://[models",
        "https:///v1",
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(url: str) -> None:
    (fault,) = faults(**{**WRITES, "assistant_base_url": url})

    assert "no address" in fault
    assert "hush" not in fault


@pytest.mark.parametrize(
    ("host", "is_fit"),
    [
        ("localhost", True),
        ("127.0.0.1:11434", True),
        ("[::1]:11434", True),
        ("10.1.2.3:8000", True),
        ("gpu", True),
        ("gpu.train.internal:8000", True),
        ("8.8.8.8", False),
        ("models.example.org", False),
    ],
)
def test_what_people_ask_goes_over_no_strange_wire_in_the_open(host: str, *, is_fit: bool) -> None:
    said = faults(**{**WRITES, "assistant_base_url": f"http://{host}/v1"})

    assert [each for each in said if "in the open" in each] == said
    assert is_fit is (said == [])


def test_libraries_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_assistant, "LIBRARIES", ("openai", "not_of_this_world"))

    assert faults() == []
    (fault,) = faults(**WRITES)
    assert "not_of_this_world" in fault
    assert "make model" in fault
