"""Which task the person means: one they named, counted, or pointed at; not one a page speaks of."""

import pytest

from tests.support.notebook import Notebook
from treno_chat.assistant.model.pointing import means
from treno_chat.assistant.writing import Brief, Turn
from treno_chat.domain.assistant.conversations import Role

TITLES = ("Comprare il pane", "Comprare il latte", "Telefonare a Marta")
PANE, LATTE, MARTA = (f"t{at}" for at in range(3))
ALL = {PANE, LATTE, MARTA}
LISTED = "Hai 3 compiti da fare:\n1. Comprare il pane\n2. Comprare il latte\n3. Telefonare a Marta"


def _meant(question: str, *turns: Turn) -> set[str]:
    tasks = Notebook(*TITLES).tasks
    brief = Brief(question=question, language="it", passages=(), turns=turns)
    return {task.id for task in tasks if means(brief, task, tasks)}


def _said(text: str) -> Turn:
    return Turn(role=Role.ASSISTANT, text=text)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Il pane non serve più", {PANE}),
        ("comprare il pane? fatto", {PANE}),
        ("ho preso sia il pane sia il latte", {PANE, LATTE}),
        ("ho finito la telefonata con Marta", {MARTA}),
        ("devo comprare il caffè", set[str]()),
        ("I did not do it", set[str]()),
    ],
)
def test_a_task_is_meant_by_the_words_that_are_its_own(question: str, meant: set[str]) -> None:
    assert _meant(question) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("fatto il primo", {PANE}),
        ("il secondo e l’ultimo sono fatti", {LATTE, MARTA}),
        ("segna la terza come fatta", {MARTA}),
        ("il compito 2 va via", {LATTE}),
        ("2", {LATTE}),
        ("fatti 1 e 3", {PANE, MARTA}),
        ("delete the second one", {LATTE}),
        ("the first is done", {PANE}),
        ("mark number 3, please", {MARTA}),
        ("the last task is gone", {MARTA}),
        ("alle 2 sul binario 1, 3 euro", set[str]()),
        ("la prima volta in seconda classe", set[str]()),
        ("on the second floor, platform 1", set[str]()),
        ("il 9 è fatto", set[str]()),
    ],
)
def test_a_task_is_meant_by_its_number(question: str, meant: set[str]) -> None:
    assert _meant(question) == meant


@pytest.mark.parametrize(
    "question",
    ["delete it", "I've done that one", "cancellalo pure", "Fatto!", "done", "quello è fatto"],
)
def test_what_was_just_spoken_of_is_pointed_at(question: str) -> None:
    assert _meant(question, _said("Ne resta uno: comprare il pane.")) == {PANE}
    assert _meant(question, _said("Comprare il pane è a pagina tre [1].")) == set()
    assert _meant(question, _said(LISTED)) == set()
    assert _meant(question) == set()


def test_pointing_takes_a_word_that_does() -> None:
    assert _meant("how do I see it?", _said("Ne resta uno: comprare il pane.")) == set()


def test_the_message_before_may_have_named_it() -> None:
    before = (Turn(role=Role.USER, text="Nella lista c’è il pane"), _said("Sì."))

    assert _meant("toglilo", *before) == {PANE}


def test_what_is_done_already_makes_no_name_unclear() -> None:
    notebook = Notebook("Comprare il pane", "Comprare il pane nero")
    notebook.complete_task("t1")
    brief = Brief(question="preso il pane", language="it", passages=())

    assert means(brief, notebook.tasks[0], notebook.tasks)
