"""What is not said to be done is not done, and where it is not clear the assistant asks back."""

import pytest

from tests.support.notebook import Notebook
from treno_chat.assistant.task_talk import TaskReply, talk_of_tasks
from treno_chat.domain.words import Language, Words

TITLES = ("Bucato", "Relazione", "Laundry", "Write the report", "Bagagli", "Comprare il latte")


@pytest.fixture
def notebook() -> Notebook:
    """Things to do, in both languages."""
    return Notebook(*TITLES)


@pytest.fixture
def italian(words: dict[Language, Words]) -> Words:
    """What is said."""
    return words["it"]


@pytest.mark.parametrize(
    "said",
    [
        "Il bucato non è finito",
        "La relazione non è ancora completata",
        "Non credo che il bucato è fatto",
        "Quando il bucato è finito",
        "Se il bucato è finito",
        "Appena il bucato è finito",
        "ho completato la relazione a metà",
        "ho finito una parte della relazione",
        "ho finito i bagagli?",
        "The laundry is not done",
        "I don't think the laundry is done",
        "I doubt the laundry is done",
        "Not sure the report is finished",
        "tell me when the laundry is done",
        "Nobody said the laundry is done",
        "I did not finish write the report",
        "I've done half of the report",
        "done with half the laundry",
        "I've done some of the laundry",
        "Laundry is done?",
        "mark it as done",
    ],
)
def test_what_is_not_said_to_be_done_is_left_to_the_pages(
    notebook: Notebook, italian: Words, said: str
) -> None:
    assert talk_of_tasks(said, notebook, words=italian) is None
    assert notebook.titles() == list(TITLES)


@pytest.mark.parametrize(
    "said",
    [
        "Il compito bucato non è completato",
        "Segna il bucato come non fatto",
        "segna bucato non fatto",
        "segna il bucato come quasi fatto",
        "Mark laundry as not done",
        "mark the laundry not done",
        "task laundry isn't is done",
        "segna il compito astronave come non fatto",
    ],
)
def test_who_says_that_a_task_is_not_done_hears_that_all_stays(
    notebook: Notebook, italian: Words, said: str
) -> None:
    reply = talk_of_tasks(said, notebook, words=italian)

    assert reply == TaskReply(text=italian.say("assistant.task_left"))
    assert notebook.titles() == list(TITLES)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("ho fatto tardi per il bucato", "Bucato"),
        ("Il latte è finito", "Comprare il latte"),
        ("ho fatto il latte", "Comprare il latte"),
        ("segna il bucatto come fatto", "Bucato"),
        ("segna il bucato come fatto?", "Bucato"),
        ("Il compito bucato è completato?", "Bucato"),
        ("I think the laundry is done", "Laundry"),
        ("Only the laundry is done", "Laundry"),
        ("I've done the report", "Write the report"),
        ("mark luandry as done", "Laundry"),
        ("tick off the laundry tomorrow", "Laundry"),
    ],
)
def test_what_is_not_plainly_a_task_is_asked_about(
    notebook: Notebook, italian: Words, *, said: str, title: str
) -> None:
    asked = talk_of_tasks(said, notebook, words=italian)

    assert asked is not None
    assert (asked.text, asked.calls) == (
        italian.say("assistant.task_complete_ask", title=title),
        (),
    )
    assert notebook.titles() == list(TITLES)

    talk_of_tasks("sì", notebook, words=italian, pending=asked.pending)

    assert notebook.titles() == [each for each in TITLES if each != title]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Il bucato è finito", "Bucato"),
        ("Ho già fatto il bucato", "Bucato"),
        ("ho finito anche i bagagli", "Bagagli"),
        ("segna il latte come fatto", "Comprare il latte"),
        ("segna che il bucato è fatto", "Bucato"),
        ("Puoi segna il bucato come fatto?", "Bucato"),
        ("completa il compito 2", "Relazione"),
        ("spunta 1", "Bucato"),
        ("Il compito «Bucato» è completato", "Bucato"),
        ("The laundry is done", "Laundry"),
        ("I've already done my laundry", "Laundry"),
        ("Can you mark the laundry as done?", "Laundry"),
        ("mark the report as done", "Write the report"),
        ("done: write the report", "Write the report"),
        ("done with the laundry", "Laundry"),
        ("tick task 3 off my list", "Laundry"),
    ],
)
def test_what_is_plainly_done_is_ticked_off_at_once(
    notebook: Notebook, italian: Words, *, said: str, title: str
) -> None:
    talk_of_tasks(said, notebook, words=italian)

    assert notebook.titles() == [each for each in TITLES if each != title]


def test_a_title_may_say_not_and_half(italian: Words) -> None:
    notebook = Notebook("Do not be late", "Metà torta")

    talk_of_tasks("mark do not be late as done", notebook, words=italian)
    talk_of_tasks("ho fatto metà torta", notebook, words=italian)

    assert notebook.titles() == []


def test_a_new_name_for_what_is_not_plainly_a_task_is_asked_about(
    notebook: Notebook, italian: Words
) -> None:
    asked = talk_of_tasks("cambia il latte in pane", notebook, words=italian)
    assert asked is not None
    assert notebook.titles() == list(TITLES)

    talk_of_tasks("sì", notebook, words=italian, pending=asked.pending)

    assert notebook.titles() == [*TITLES[:-1], "pane"]


@pytest.mark.parametrize(
    "said",
    [
        "Aggiungi un compito",
        "Puoi aggiungere un compito?",
        "Voglio creare un promemoria",
        "Crea un nuovo compito",
        "nuovo compito",
        "Aggiungi una cosa alla lista",
        "Puoi creare un promemoria per me?",
        "ricordami di farlo",
        "Add a task",
        "add another task",
        "remind me to do it",
        "Can you add a task to my list?",
        "Create a new task",
        "Create a reminder",
        "add something to my list",
        "add it to my tasks",
    ],
)
def test_who_does_not_say_what_to_write_is_asked(italian: Words, said: str) -> None:
    notebook = Notebook()

    asked = talk_of_tasks(said, notebook, words=italian)
    assert asked is not None
    assert (asked.text, notebook.tasks) == (italian.say("assistant.task_add_what"), [])

    talk_of_tasks("«Comprare il pane», grazie.", notebook, words=italian, pending=asked.pending)

    assert notebook.titles() == ["Comprare il pane"]


@pytest.mark.parametrize(
    "said", ["Dov’è il bagno?", "dove lascio la bici", "Where is the bar", "grazie", "un compito"]
)
def test_who_speaks_of_something_else_has_it_not_written_down(italian: Words, said: str) -> None:
    notebook = Notebook()
    asked = talk_of_tasks("aggiungi un compito", notebook, words=italian)
    assert asked is not None

    talk_of_tasks(said, notebook, words=italian, pending=asked.pending)

    assert notebook.tasks == []


@pytest.mark.parametrize("said", ["sì", "ok", "no", "niente", "nothing", "lascia stare"])
def test_neither_a_yes_nor_a_no_is_a_task(italian: Words, said: str) -> None:
    notebook = Notebook()
    asked = talk_of_tasks("aggiungi un compito", notebook, words=italian)
    assert asked is not None

    reply = talk_of_tasks(said, notebook, words=italian, pending=asked.pending)

    assert reply is not None
    assert notebook.tasks == []
