"""On which page a room is opened: where what is unread begins."""

from tests.actions.worlds import PLACE_SLUG, say, texts_of
from treno_chat.actions.talk.messages import delete_message
from treno_chat.actions.talk.rooms import mark_read, open_room
from treno_chat.actions.talk.stretches import BEFORE_UNREAD, opening_page
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.messages import PAGE_SIZE


def numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def test_who_missed_less_than_a_page_starts_from_the_newest(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, *numbers(1, 60))
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, bruno, train, *numbers(61, 60 + PAGE_SIZE))

    opened = opening_page(tx, ada, train.id)

    assert texts_of(opened.page) == numbers(61, 60 + PAGE_SIZE)
    assert (opened.has_newer, opened.news) == (False, 0)


def test_who_missed_more_starts_shortly_before_the_first_unread(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, *numbers(1, 20))
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, bruno, train, *numbers(21, 100))

    opened = opening_page(tx, ada, train.id)

    first = 21 - BEFORE_UNREAD
    last = first + PAGE_SIZE - 1
    assert texts_of(opened.page) == numbers(first, last)
    assert opened.page.has_older
    assert (opened.has_newer, opened.news) == (True, 100 - last)
    assert (opened.through_seq, opened.last_read_seq) == (100, 20)


def test_who_came_first_of_all_starts_at_the_beginning(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, bruno, train, *numbers(1, 60))

    opened = opening_page(tx, ada, train.id)

    assert texts_of(opened.page) == numbers(1, PAGE_SIZE)
    assert not opened.page.has_older


def test_ones_own_words_and_those_taken_back_are_not_where_one_starts(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, *numbers(1, 5))
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, ada, train, *numbers(6, 50))
    say(tx, bruno, train, "51")
    say(tx, ada, train, *numbers(52, 110))
    (gone,) = say(tx, bruno, train, "111")
    delete_message(tx, bruno, train.id, gone.seq)

    opened = opening_page(tx, ada, train.id)

    assert texts_of(opened.page)[BEFORE_UNREAD] == "51"
    assert (opened.has_newer, opened.news) == (True, 0)

    mark_read(tx, ada, train.id, 51)

    assert not opening_page(tx, ada, train.id).has_newer
