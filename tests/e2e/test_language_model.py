"""A language model words the answers: it is stopped, asked anew, and away."""

from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import UNHURRIED
from tests.support.assistant_page import BIKE, BIKE_ANSWER, LOST, with_account
from tests.support.language_model import LanguageModel, refuses, says, speaking, stalls
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


@pytest.fixture
def model(server: Server) -> Generator[LanguageModel]:
    """A language model, which the server asks; afterwards it asks nobody."""
    with speaking() as model:
        asking = {"ASSISTANT_BASE_URL": model.url, "ASSISTANT_MODEL": "tests"}
        server.restart({**UNHURRIED, **asking, "ASSISTANT_API_KEY": "of-the-tests"})
        yield model
    server.restart(UNHURRIED)


def test_a_model_writes_and_is_stopped(ada: Person, model: LanguageModel) -> None:
    model.replies = [stalls("Sì, la bici ", "viaggia ")]
    page = with_account(ada)
    page.opens()

    page.asks(BIKE)
    expect(page.answers.last).to_contain_text("Sì, la bici", timeout=LONG)
    ada.presses("ai.stop")

    ada.hears("ai.stopped")
    page.is_answered("Sì, la bici")
    model.replies = [says("Sì, anche piegata [1].")]
    ada.presses("ai.again")
    page.is_answered("Sì, anche piegata")
    ada.hears("ai.by_model")
    ada.does_not_hear("ai.uncited")
    model.replies = [says("Sì, anche smontata.")]
    ada.presses("ai.again")
    page.is_answered("Sì, anche smontata")
    ada.hears("ai.uncited")


def test_an_answer_is_stopped_from_another_conversation_too(
    ada: Person, model: LanguageModel
) -> None:
    model.replies = [stalls("Sì, la bici ", "viaggia "), says("In biglietteria [1].")]
    page = with_account(ada)
    page.opens()
    page.asks(BIKE)
    expect(page.answers.last).to_contain_text("Sì, la bici", timeout=LONG)

    page.begins()
    ada.presses("ai.stop")
    expect(page.button("ai.send")).to_be_visible(timeout=LONG)
    page.is_asked_and_answered(LOST, "In biglietteria")

    page.conversation(BIKE).click()
    page.is_answered("Sì, la bici")
    ada.hears("ai.stopped")


def test_a_model_that_is_away_leaves_the_answer_of_the_pages(
    ada: Person, model: LanguageModel
) -> None:
    model.replies = [refuses(503)]
    page = with_account(ada)
    page.opens()

    page.is_asked_and_answered(BIKE, BIKE_ANSWER)

    ada.hears("ai.degraded")
    ada.hears("ai.by_pages")
