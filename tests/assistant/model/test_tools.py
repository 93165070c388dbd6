"""What a model may do: what the person speaks of, to their own tasks, three things at most."""

from dataclasses import replace

import pytest

from tests.assistant.model.conftest import Asker, wants
from tests.support.language_model import LanguageModel, Reply, breaks_off, calls, refuses, says
from tests.support.notebook import Notebook
from treno_chat.assistant.intents import Verb
from treno_chat.assistant.model.toolbox import SEARCH
from treno_chat.assistant.writing import Brief, NumberedPassage, Turn, WriterAway
from treno_chat.domain.assistant.conversations import Role


def told(model: LanguageModel) -> list[str]:
    """Return what the tools said, as the model heard it at the end."""
    return [each["content"] for each in model.asked[-1]["messages"] if each["role"] == "tool"]


def test_a_model_adds_completes_and_renames(
    asker: Asker, model: LanguageModel, about_tasks: Brief, notebook: Notebook
) -> None:
    model.replies = [
        calls(
            wants("add_task", title="Comprare il caffè"),
            wants("complete_task", task="Comprare il pane"),
            wants("update_task", task="2", new_title="Comprare il pane e il caffè"),
        ),
        says("Fatto."),
    ]

    draft = asker.ask(about_tasks)

    assert notebook.titles() == [
        "Comprare il pane e il caffè",
        "Telefonare a Marta",
        "Comprare il caffè",
    ]
    assert [call.name for call in draft.calls] == ["add_task", "complete_task", "update_task"]
    assert (draft.text, draft.is_uncited) == ("Fatto.", False)


def test_a_model_reads_the_list_by_numbers(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    model.replies = [calls(wants("list_tasks")), says("Ne hai tre.")]

    asker.ask(about_tasks)

    assert told(model) == ["1. Comprare il pane\n2. Comprare il latte\n3. Telefonare a Marta"]


def test_deleting_asks_the_person_and_deletes_nothing(
    asker: Asker, model: LanguageModel, about_tasks: Brief, notebook: Notebook
) -> None:
    model.replies = [calls(wants("delete_task", task="3")), says("Eliminato.")]

    draft = asker.ask(replace(about_tasks, question="Via dalla mia lista la telefonata a Marta"))

    assert len(notebook.tasks) == 3
    assert draft.pending is not None
    assert (draft.pending.verb, draft.pending.tasks) == (Verb.DELETE, ("t2",))
    assert draft.text == asker.seen[-1]
    assert "Telefonare a Marta" in draft.text
    assert draft.text.endswith("Rispondi sì o no.")


@pytest.mark.parametrize(
    ("question", "task"), [("delete it", "Telefonare a Marta"), ("via il terzo", "3")]
)
def test_a_follow_up_may_point_at_a_task(
    asker: Asker, model: LanguageModel, about_tasks: Brief, *, question: str, task: str
) -> None:
    before = (
        Turn(role=Role.USER, text="Che cosa devo fare?"),
        Turn(role=Role.ASSISTANT, text="Per prima cosa: telefonare a Marta."),
    )
    model.replies = [calls(wants("delete_task", task=task)), says("Eliminato.")]

    draft = asker.ask(replace(about_tasks, question=question, turns=before))

    assert draft.pending is not None
    assert draft.pending.tasks == ("t2",)


@pytest.mark.parametrize(
    "call",
    [
        wants("complete_task", task="Fuggire"),
        wants("complete_task", task="Comprare"),
        wants("complete_task", task="99"),
        wants("complete_task", task="3"),
        wants("complete_task", task="Telefonare a Marta"),
        wants("delete_task", task="Telefonare a Marta"),
        wants("delete_task", task="t7"),
        wants("update_task", task="3", new_title="Comprare il caffè"),
        wants("update_task", task="1", new_title="Svuotare il conto"),
        wants("update_task", task="Fuggire", new_title="Comprare il caffè"),
        wants("add_task", title="Svuotare il conto"),
        wants("add_task", title="!!!"),
        wants("add_task", title=""),
        wants("search_guide", query="pane"),
        wants("drop_everything"),
    ],
)
def test_what_is_unclear_or_not_the_persons_own_words_is_not_done(
    asker: Asker,
    model: LanguageModel,
    about_tasks: Brief,
    *,
    notebook: Notebook,
    call: tuple[str, str],
) -> None:
    before = list(notebook.tasks)
    model.replies = [calls(call), says("Non si può.")]

    draft = asker.ask(about_tasks)

    assert notebook.tasks == before
    assert (draft.calls, draft.pending) == ((), None)


def test_a_refusal_of_the_house_is_told_to_the_model(
    asker: Asker, model: LanguageModel, about_tasks: Brief, notebook: Notebook
) -> None:
    model.replies = [calls(wants("add_task", title="caffè " * 100)), says("Troppo lungo.")]

    asker.ask(about_tasks)

    assert "200" in told(model)[0]
    assert len(notebook.tasks) == 3


@pytest.mark.parametrize("times", [4, 12])
def test_more_than_three_things_are_none_of_its_business(
    asker: Asker, model: LanguageModel, about_tasks: Brief, *, notebook: Notebook, times: int
) -> None:
    many = [wants("add_task", title=f"Comprare il caffè {at}") for at in range(times)]
    model.replies = [calls(*many), says("Fatto.")]

    try:
        done = asker.ask(about_tasks).calls
    except WriterAway:
        done = ()

    assert len(notebook.tasks) - 3 == len(done) <= 3


def test_a_model_that_goes_round_in_circles_is_left(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    model.replies = [calls(wants("list_tasks"))]

    with pytest.raises(WriterAway):
        asker.ask(about_tasks)

    assert len(model.asked) <= 4


@pytest.mark.parametrize("end", [refuses(503), breaks_off(), says("")])
def test_what_was_done_is_told_though_the_model_is_gone(
    asker: Asker, model: LanguageModel, about_tasks: Brief, *, notebook: Notebook, end: Reply
) -> None:
    model.replies = [calls(wants("add_task", title="Comprare il caffè")), end]

    draft = asker.ask(about_tasks)

    assert "Comprare il caffè" in notebook.titles()
    assert "Comprare il caffè" in draft.text
    assert [call.name for call in draft.calls] == ["add_task"]


def test_further_pages_are_read_and_not_marked(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    asked: list[str] = []

    def search(query: str) -> tuple[NumberedPassage, ...]:
        asked.append(query)
        return (NumberedPassage(number=0, title="Bar", text="Chiude alle 21.", language="it"),)

    model.replies = [calls(wants(SEARCH, query="bar")), says("Chiude alle 21 [0].")]

    draft = asker.ask(replace(brief, search=search))

    assert asked == ["bar"]
    assert "Chiude alle 21." in told(model)[0]
    assert (draft.text, draft.is_uncited) == ("Chiude alle 21.", True)


def test_a_search_that_finds_nothing_says_so(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    def search(_query: str) -> tuple[NumberedPassage, ...]:
        return ()

    model.replies = [calls(wants(SEARCH, query="drago")), says("Non lo so.")]

    asker.ask(replace(brief, search=search))

    assert told(model) == ["No page speaks of that."]


class Broken(Notebook):
    """A notebook that cannot be reached."""

    def add_task(self, title: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fail, as a database does."""
        raise ConnectionError(title)


def test_a_fault_of_the_house_is_a_fault_and_not_an_absence(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    model.replies = [calls(wants("add_task", title="Comprare il caffè")), says("Fatto.")]

    with pytest.raises(ConnectionError):
        asker.ask(replace(about_tasks, tools=Broken()))
