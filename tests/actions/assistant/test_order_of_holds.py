"""Whoever holds several things takes them in one order, so that nobody waits in a ring."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from tests.actions.worlds import PLACE_SLUG, make_staff, register
from tests.support.assistant import WORDS, assistant_at
from treno_chat.actions.assistant.asking import ask
from treno_chat.actions.assistant.desk import access_desk
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.open_questions import list_open_questions
from treno_chat.actions.assistant.rating import rate_answer
from treno_chat.actions.assistant.settling import answer_with_page
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.door.sessions import Principal
from treno_chat.stores.database import Database

ORDER = ["user", "conversation", "utterance", "place", "openquestion"]
BARBER = PageDraft(
    slug="barber",
    language="it",
    title="Il barbiere",
    topic="aboard",
    aliases="",
    body="Il barbiere è nella carrozza 9.",
)
_HELD = re.compile(
    r"\bFROM \"?(\w+)(?=.* FOR (?:NO KEY )?(?:UPDATE|KEY SHARE))"
    r"|^(?:UPDATE|DELETE FROM) \"?(\w+)",
    re.DOTALL,
)

Act = Callable[[], object]
Holds = Callable[[Act], list[str]]


@pytest.fixture
def question(transactions: Transactions, ada: Principal, chiara: Principal) -> Utterance:
    """What ada asks; chiara is staff, and both have accounts."""
    with transactions.writing() as tx:
        register(tx, ada)
        register(tx, chiara)
        make_staff(tx, chiara)
        return ask(tx, ada, text="C’è un barbiere?", client_id=str(uuid4()))


@pytest.fixture
def holds(database: Database) -> Holds:
    """Does something, and says of which tables it held rows, in the order in which it took them."""

    def holds(act: Act) -> list[str]:
        taken: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401
            if held := _HELD.search(statement):
                taken.append(next(filter(None, held.groups())))

        event.listen(database.engine, "before_cursor_execute", note)
        act()
        event.remove(database.engine, "before_cursor_execute", note)
        return [table for table in dict.fromkeys(taken) if table in ORDER]

    return holds


# On SQLite one writes at a time.
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_who_asks_answers_hands_over_and_settles_takes_them_in_one_order(
    transactions: Transactions, holds: Holds, question: Utterance, ada: Principal, chiara: Principal
) -> None:
    assistant, talk = assistant_at(transactions), question.conversation_id

    def says() -> None:
        with transactions.writing() as tx:
            ask(tx, ada, text="E poi?", client_id=str(uuid4()), conversation_id=talk)

    def refuses() -> None:
        told = assistant.answer(ada, talk, question.id, screen="it")
        assert told.is_refusal

    def calls_it_wrong() -> None:
        told = assistant.answer(ada, talk, question.id, screen="it")
        with transactions.writing() as tx:
            rate_answer(tx, ada, talk, told.id, rating=-1)

    def hands_over() -> None:
        with transactions.writing() as tx:
            hand_over(tx, ada, talk, question.id, words=WORDS["it"])

    def writes_a_page() -> None:
        with transactions.writing() as tx:
            desk = access_desk(tx, chiara, PLACE_SLUG)
            [waits] = list_open_questions(tx, desk).questions
            answer_with_page(tx, desk, waits.id, BARBER, words=WORDS)

    for act in (says, refuses, calls_it_wrong, hands_over, writes_a_page):
        taken = holds(act)
        assert taken == sorted(taken, key=ORDER.index), act.__name__
        assert len(taken) > 1
