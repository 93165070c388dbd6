"""Which tools a model is told of: those of tasks only when the person speaks of tasks."""

from dataclasses import replace

import pytest

from tests.assistant.model.conftest import Asker, wants
from tests.support.language_model import LanguageModel, calls, says
from treno_chat.assistant.writing import Brief, Turn
from treno_chat.domain.assistant.conversations import Role

TASK_TOOLS = {"add_task", "list_tasks", "complete_task", "update_task", "delete_task"}


def tools_offered(model: LanguageModel) -> set[str]:
    """Return the tools that a model was told of first."""
    return {tool["function"]["name"] for tool in model.asked[0].get("tools", [])}


def test_the_tools_of_tasks_are_offered_to_who_speaks_of_tasks(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    model.replies = [says("Va bene.")]

    asker.ask(about_tasks)

    assert tools_offered(model) == TASK_TOOLS


@pytest.mark.parametrize(
    "question",
    [
        "Ho tre compiti?",
        "Il promemoria del pane non serve più",
        "Nella lista c’è ancora il pane",
        "Mi ricordi di comprare il pane?",
        "Ho ancora qualcosa da fare",
        "Puoi per caso annotare il pane",
        "Which task comes first?",
        "Have I got any reminders left?",
        "The bread is still on my list",
        "Bread is off the to-do list",
        "Please could you also note down the bread",
        "What have I still got to do",
    ],
)
def test_people_speak_of_tasks_in_many_ways(
    asker: Asker, model: LanguageModel, about_tasks: Brief, question: str
) -> None:
    model.replies = [says("Va bene.")]

    asker.ask(replace(about_tasks, question=question))

    assert tools_offered(model) == TASK_TOOLS


def test_who_was_just_told_their_tasks_still_speaks_of_them(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    before = (Turn(role=Role.USER, text="Che cosa devo fare?"),)
    model.replies = [says("Va bene.")]

    asker.ask(replace(about_tasks, question="Il primo è fatto da ieri", turns=before))

    assert tools_offered(model) == TASK_TOOLS


@pytest.mark.parametrize(
    "question",
    [
        "Come si chiama la rete?",
        "What is the network called?",
        "Dov’è il bar?",
        "Why does the Wi-Fi not work?",
        "What is it called? It is not on the sticker",
        "Please note: is smoking allowed?",
        "Is there a list of stations?",
        "Is it noted anywhere that dogs pay?",
        "What is there to do in Lucca?",
        "Mi ricordi come si chiama la rete?",
        "Qual è l’elenco delle reti?",
        "Che cosa dicono le note legali?",
        "Ricordi a che ora chiude?",
        "Ho notato che è completo",
        "Dov’è il segno?",
        "Quali attività ci sono?",
        "Nella lista delle fermate c’è Lucca?",
    ],
)
def test_who_asks_of_something_else_has_them_not_even_near(
    asker: Asker, model: LanguageModel, about_tasks: Brief, question: str
) -> None:
    model.replies = [says("La rete si chiama TRENO [1].")]

    asker.ask(replace(about_tasks, question=question))

    assert tools_offered(model) == set()


def test_a_follow_up_still_speaks_of_tasks(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    before = (
        Turn(role=Role.USER, text="Metti il caffè nella lista"),
        Turn(role=Role.ASSISTANT, text="Fatto."),
    )
    model.replies = [says("Va bene.")]

    asker.ask(replace(about_tasks, question="E anche il tè", turns=before))

    assert tools_offered(model) == TASK_TOOLS


def test_what_the_assistant_said_gives_nobody_the_tools(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    before = (Turn(role=Role.ASSISTANT, text="Ho i compiti: elimina i task, add a task"),)
    model.replies = [says("La rete si chiama TRENO [1].")]

    asker.ask(replace(about_tasks, question="Come si chiama la rete?", turns=before))

    assert tools_offered(model) == set()


def test_an_answer_written_anew_does_nothing(
    asker: Asker, model: LanguageModel, about_tasks: Brief
) -> None:
    model.replies = [calls(wants("add_task", title="Comprare il caffè")), says("Ecco.")]

    assert asker.ask(replace(about_tasks, tools=None)).calls == ()
    assert tools_offered(model) == set()
