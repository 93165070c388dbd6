"""Reading for the meaning: not where one is, and a question by its clauses too."""

import pytest

from treno_chat.assistant.readings import gist_of, readings_of


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("How fast is this train?", "How fast is?"),
        ("Is there a defibrillator on the train?", "Is there a defibrillator?"),
        ("Quante carrozze ha questo treno?", "Quante carrozze ha?"),
        ("C’è un bar sul treno, di sera?", "C’è un bar, di sera?"),
        ("Quanto costa la bici a bordo?", "Quanto costa la bici?"),
        ("I am in training", "I am in training"),
        ("Il trenino del nonno", "Il trenino del nonno"),
        ("Where is this train?", "Where is this train?"),
        ("Treno?", "Treno?"),
    ],
)
def test_that_it_is_on_the_train_is_not_read(text: str, gist: str) -> None:
    assert gist_of(text) == gist


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("Where is the bar?", ("Where is the bar?",)),
        (
            "A man has collapsed, what should I do?",
            ("A man has collapsed, what should I do?", "A man has collapsed"),
        ),
        (
            "Ho freddo; e poi: dov’è il bagno?",
            ("Ho freddo; e poi: dov’è il bagno?", "Ho freddo", "dov’è il bagno"),
        ),
        ("Costa 3.50 euro", ("Costa 3.50 euro",)),
        ("one, two, three, four, five", ("one, two, three, four, five", "one", "two", "three")),
        (" ,,, ", (" ,,, ",)),
    ],
)
def test_clauses_that_tell_something_are_read_too(question: str, readings: tuple[str, ...]) -> None:
    assert readings_of(question) == readings
