"""What people do all the time costs few statements, and no more when many are there."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from tests.actions.statements import Statement, statements
from tests.api.conftest import OpenBrowser
from tests.api.v1.conftest import TRUTH, OpenProgram
from tests.api.v1.signing_up import id_of, speaking_for
from tests.support.accounts import BROWSER
from tests.support.authenticator import Authenticator
from tests.support.browser import Browser
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.places import Place

ASKED = {"SELECT", "INSERT", "UPDATE", "DELETE"}
CROWD = 12


@contextmanager
def asked(transactions: Transactions) -> Generator[list[Statement]]:
    """Take note of what the database is asked, without what begins and ends a unit of work."""
    kept: list[Statement] = []
    with statements(transactions.database) as seen:
        yield kept
    kept += [each for each in seen if each.verb in ASKED]


async def enter(browser: Browser, alias: str) -> None:
    """Walk in as a guest."""
    answer = await browser.script("/auth/enter", alias=alias, gender="other")
    assert answer.status_code == 200


@pytest.fixture(params=(0, CROWD), ids=("alone", "among many"))
def crowd(request: pytest.FixtureRequest, transactions: Transactions, place: Place) -> int:
    """How many guests are there already."""
    with transactions.writing() as tx:
        for number in range(request.param):
            enter_as_guest(
                tx,
                place_slug=place.slug,
                alias=f"Bruno {number}",
                gender="male",
                device=BROWSER,
                current=None,
            )
    return request.param


@pytest.mark.usefixtures("crowd")
async def test_an_entry_asks_twelve_things(
    transactions: Transactions, open_browser: OpenBrowser
) -> None:
    with asked(transactions) as seen:
        await enter(open_browser(), "Ada")

    assert len(seen) == 12


@pytest.mark.usefixtures("crowd")
async def test_a_sign_in_by_passkey_asks_fourteen_things(
    transactions: Transactions, open_browser: OpenBrowser
) -> None:
    key = Authenticator()
    form = {"alias": "Dora", "gender": "female", "phone": "347 123 4567"}
    for way, told in (("sign-up", form), ("login", {})):
        browser = open_browser()
        with asked(transactions) as seen:
            options = (await browser.json(f"/auth/passkeys/{way}/options", told)).json()
            shown = key.create(options, TRUTH) if told else key.get(options, TRUTH)
            answer = await browser.json(f"/auth/passkeys/{way}/verify", {"credential": shown})
        assert answer.status_code == 200

    # She is there already: her visit goes on, which is one more than to begin one.
    assert len(seen) == 14


async def test_whoever_has_a_token_asks_four_things_of_a_list_and_six_to_add(
    transactions: Transactions, dora: Browser, open_program: OpenProgram
) -> None:
    program = await speaking_for(dora, open_program)
    own = f"/users/{await id_of(program)}/tasks"
    counts: list[tuple[int, int]] = []
    for _ in range(3):
        with asked(transactions) as added:
            assert (await program("POST", own, {"title": "Latte"})).status_code == 201
        with asked(transactions) as listed:
            assert (await program("GET", own)).status_code == 200
        counts.append((len(added), len(listed)))

    assert counts == [(6, 4)] * 3
