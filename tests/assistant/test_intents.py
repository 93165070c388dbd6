"""What people say of their tasks is understood in both languages, and nothing else is."""

import pytest

from treno_chat.assistant.intents import (
    MAX_TEXT,
    Verb,
    read_intent,
    read_number,
    says_no,
    says_yes,
)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("add a task: buy milk", "buy milk"),
        ("Add buy milk to my list", "buy milk"),
        ("add to my tasks: call home", "call home"),
        ("remind me to call Marta at 6", "call Marta at 6"),
        ("new task: water the plants", "water the plants"),
        ("Can you create a reminder to pay the bill, please?", "pay the bill"),
        ("please put “read the book” on my to-do list", "read the book"),
        ("Aggiungi ai compiti: telefonare a casa", "telefonare a casa"),
        ("aggiungi latte alla lista", "latte"),
        ("Mi puoi aggiungere comprare il pane alla mia lista?", "comprare il pane"),
        ("ricordami di chiamare Marta", "chiamare Marta"),
        ("puoi ricordarmi di pagare la bolletta? Grazie", "pagare la bolletta"),
        ("crea un promemoria per chiamare il medico", "chiamare il medico"),
        ("nuovo compito: annaffiare le piante", "annaffiare le piante"),
        ("segnati di comprare il pane", "comprare il pane"),
        ("metti comprare il latte fra i compiti", "comprare il latte"),
    ],
)
def test_a_plain_wish_to_add(said: str, title: str) -> None:
    intent = read_intent(said)

    assert intent is not None
    assert (intent.verb, intent.title, intent.is_plain) == (Verb.ADD, title, True)


@pytest.mark.parametrize(
    "said",
    [
        "show my tasks",
        "what do I have to do?",
        "what's on my list?",
        "My to-do list",
        "mostrami i miei compiti",
        "che cosa devo fare?",
        "cosa c'è nella lista?",
        "Quali sono i miei compiti?",
        "Quanti compiti mi restano?",
        "Ho ancora dei compiti da fare?",
        "How many tasks do I still have?",
        "Have I got any reminders left?",
    ],
)
def test_a_wish_to_see_the_list(said: str) -> None:
    intent = read_intent(said)

    assert intent is not None
    assert intent.verb is Verb.LIST


@pytest.mark.parametrize(
    ("said", "verb", "title", "new_title", "is_plain"),
    [
        ("mark buy milk as done", Verb.COMPLETE, "buy milk", "", True),
        ("complete task 2", Verb.COMPLETE, "2", "", True),
        ("tick buy milk off my list", Verb.COMPLETE, "buy milk", "", True),
        ("I've done the milk", Verb.COMPLETE, "the milk", "", False),
        ("buy milk is done", Verb.COMPLETE, "buy milk", "", False),
        ("segna comprare il pane come fatto", Verb.COMPLETE, "comprare il pane", "", True),
        ("ho fatto comprare il pane", Verb.COMPLETE, "comprare il pane", "", False),
        ("completa il compito 2", Verb.COMPLETE, "2", "", True),
        ("il pane è fatto", Verb.COMPLETE, "il pane", "", False),
        ("rename task milk to buy oat milk", Verb.RENAME, "milk", "buy oat milk", True),
        ("rinomina il compito pane in pane nero", Verb.RENAME, "pane", "pane nero", True),
        ("cambia pane in latte", Verb.RENAME, "pane", "latte", False),
        ("delete the task buy milk", Verb.DELETE, "buy milk", "", True),
        ("remove buy milk from my list", Verb.DELETE, "buy milk", "", True),
        ("togli il pane dalla lista", Verb.DELETE, "il pane", "", True),
        ("cancella pane", Verb.DELETE, "pane", "", False),
        ("delete my account", Verb.DELETE, "my account", "", False),
    ],
)
def test_a_wish_about_one_task(
    said: str, verb: Verb, *, title: str, new_title: str, is_plain: bool
) -> None:
    intent = read_intent(said)

    assert intent is not None
    assert (intent.verb, intent.title) == (verb, title)
    assert (intent.new_title, intent.is_plain) == (new_title, is_plain)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "How do I delete my account?",
        "Come faccio ad aggiungere una passkey?",
        "devo fare il biglietto?",
        "What do I have to do if there is a fire?",
        "Dove posso lasciare la bici?",
        "add " + "x" * MAX_TEXT,
    ],
)
def test_what_is_no_wish_about_tasks(said: str) -> None:
    assert read_intent(said) is None


@pytest.mark.parametrize("said", ["sì", "Si, grazie", "va bene!", "Yes please", "ok", "go ahead"])
def test_a_yes(said: str) -> None:
    assert says_yes(said)
    assert not says_no(said)


@pytest.mark.parametrize("said", ["no", "No grazie", "lascia stare", "never mind", "Don't"])
def test_a_no(said: str) -> None:
    assert says_no(said)
    assert not says_yes(said)


@pytest.mark.parametrize(
    ("said", "number"),
    [("2", 2), ("task 3.", 3), ("il numero 1", 1), ("#4", 4), ("two", None), ("2 kg", None)],
)
def test_a_number(said: str, number: int | None) -> None:
    assert read_number(said) == number
