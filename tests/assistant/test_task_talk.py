"""Talking about tasks: clear wishes are done, others asked back, nothing goes without a yes."""

import pytest

from tests.support.notebook import Notebook
from treno_chat.assistant.task_talk import TaskReply, talk_of_tasks
from treno_chat.domain.words import Language, Words


@pytest.fixture
def notebook() -> Notebook:
    """Three things to do."""
    return Notebook("Comprare il pane", "Comprare il latte", "Telefonare a Marta")


@pytest.fixture
def italian(words: dict[Language, Words]) -> Words:
    """What is said."""
    return words["it"]


def _said(
    text: str, notebook: Notebook, words: Words, before: TaskReply | None = None
) -> TaskReply:
    reply = talk_of_tasks(
        text, notebook, words=words, pending=None if before is None else before.pending
    )
    assert reply is not None
    return reply


def test_a_plain_wish_is_done_at_once(notebook: Notebook, italian: Words) -> None:
    reply = _said("ricordami di pagare la bolletta", notebook, italian)

    assert notebook.titles()[-1] == "pagare la bolletta"
    assert reply.text == "Scritto fra i tuoi compiti: «pagare la bolletta»."
    assert [call.name for call in reply.calls] == ["add_task"]


def test_an_addition_that_may_be_none_is_asked_about(notebook: Notebook, italian: Words) -> None:
    asked = _said("aggiungi sale", notebook, italian)
    assert (len(notebook.tasks), asked.calls) == (3, ())

    _said("sì", notebook, italian, asked)

    assert notebook.titles()[-1] == "sale"


def test_the_list_has_what_is_to_be_done(notebook: Notebook, italian: Words) -> None:
    notebook.complete_task("t1")

    reply = _said("che cosa devo fare?", notebook, italian)

    assert reply.text.splitlines() == [
        "Hai 2 compiti da fare:",
        "1. Comprare il pane",
        "2. Telefonare a Marta",
    ]


def test_an_empty_list_is_said(italian: Words) -> None:
    assert _said("i miei compiti", Notebook(), italian).text == "Non hai niente da fare."


@pytest.mark.parametrize(
    "said", ["ho fatto comprare il pane", "segna il pane come fatto", "completa il compito 1"]
)
def test_a_task_is_found_by_its_words_or_its_number(
    notebook: Notebook, italian: Words, said: str
) -> None:
    reply = _said(said, notebook, italian)

    assert reply.text == "Segnato come fatto: «Comprare il pane»."
    assert notebook.titles() == ["Comprare il latte", "Telefonare a Marta"]


def test_of_several_that_may_be_meant_one_is_chosen(notebook: Notebook, italian: Words) -> None:
    which = _said("ho fatto comprare", notebook, italian)
    assert which.text.splitlines()[1:] == ["1. Comprare il pane", "2. Comprare il latte"]
    assert len(notebook.titles()) == 3

    done = _said("il numero 2", notebook, italian, which)

    assert done.text == "Segnato come fatto: «Comprare il latte»."


def test_a_number_that_was_not_offered_chooses_nothing(notebook: Notebook, italian: Words) -> None:
    which = _said("ho fatto comprare", notebook, italian)

    for said in ("7", "boh"):
        assert talk_of_tasks(said, notebook, words=italian, pending=which.pending) is None
    assert len(notebook.titles()) == 3


@pytest.mark.parametrize("said", ["cancella il pane", "togli il pane dalla lista"])
def test_nothing_is_deleted_without_a_yes(notebook: Notebook, italian: Words, said: str) -> None:
    asked = _said(said, notebook, italian)
    assert asked.text == "Cancello «Comprare il pane» dai tuoi compiti? Rispondi sì o no."
    assert len(notebook.tasks) == 3

    left = _said("no", notebook, italian, asked)
    assert (len(notebook.tasks), left.calls) == (3, ())

    gone = _said("sì", notebook, italian, asked)
    assert gone.text == "Cancellato: «Comprare il pane»."
    assert notebook.titles() == ["Comprare il latte", "Telefonare a Marta"]


def test_choosing_what_to_delete_still_asks(notebook: Notebook, italian: Words) -> None:
    which = _said("cancella comprare", notebook, italian)

    asked = _said("1", notebook, italian, which)

    assert asked.text.startswith("Cancello «Comprare il pane»")
    assert len(notebook.tasks) == 3


def test_a_yes_to_nothing_does_nothing(notebook: Notebook, italian: Words) -> None:
    assert talk_of_tasks("sì", notebook, words=italian) is None


def test_whoever_speaks_of_something_else_is_not_held_to_the_question(
    notebook: Notebook, italian: Words
) -> None:
    asked = _said("cancella il pane", notebook, italian)

    reply = talk_of_tasks("Dov'è il bagno?", notebook, words=italian, pending=asked.pending)

    assert reply is None
    assert len(notebook.tasks) == 3


def test_a_task_gets_another_name(notebook: Notebook, italian: Words) -> None:
    reply = _said("rinomina il compito pane in comprare il pane nero", notebook, italian)

    assert reply.text == "Ora si chiama «comprare il pane nero»."
    assert notebook.titles()[0] == "comprare il pane nero"


@pytest.mark.parametrize(
    "said",
    ["cancella il mio account", "ho fatto tardi, il treno è già partito", "delete my account"],
)
def test_what_only_sounds_like_a_wish_is_left_to_the_pages(
    notebook: Notebook, italian: Words, said: str
) -> None:
    assert talk_of_tasks(said, notebook, words=italian) is None
    assert len(notebook.titles()) == 3


def test_a_plain_wish_about_no_task_is_said_so(notebook: Notebook, italian: Words) -> None:
    reply = _said("cancella il compito astronave", notebook, italian)

    assert reply.text == "Fra i tuoi compiti non ne trovo uno che si chiami «astronave»."


def test_a_refusal_of_the_house_is_told_in_its_words(notebook: Notebook, italian: Words) -> None:
    long = _said(f"ricordami di {'x' * 201}", notebook, italian)
    asked = _said("cancella il pane", notebook, italian)
    notebook.delete_task("t0")
    gone = _said("sì", notebook, italian, asked)

    assert long.text == italian.say("error.invalid_title", max=200)
    assert gone.text == italian.say("error.task_not_found")
