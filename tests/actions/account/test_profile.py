"""The profile: others see it at once, and nobody is taken for somebody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.audits import kinds_of
from tests.actions.worlds import room_named, say
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import SLUG, log_in, sign_up
from tests.support.authenticator import Authenticator
from tests.support.races import at_once
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.account.profile import change_profile, change_taste, view_taste
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import log_out, look_up
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.account.accounts import Taste
from treno_chat.domain.door.forms import ProfileForm
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.people import Gender
from treno_chat.domain.refusals import Conflict, Forbidden, InvalidForm
from treno_chat.domain.talk.events import PersonChanged
from treno_chat.stores import tables


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Principal:
    """Somebody who has signed up and is at the place."""
    return sign_up(transactions, key).principal


def no(*_args: object, **_more: object) -> bool:
    return False


def change(transactions: Transactions, principal: Principal, **told: str) -> ProfileForm:
    form = {"alias": "Dora", "gender": "other", "status_line": "", "language": "", "theme": ""}
    with transactions.writing() as tx:
        return change_profile(tx, principal, **form | told)


def test_what_was_changed_is_what_is_shown(transactions: Transactions, dora: Principal) -> None:
    change(
        transactions,
        dora,
        alias="Dorina",
        gender="female",
        status_line="Leggo, ma se mi parli smetto",
        language="it",
        theme="dark",
    )

    with transactions.reading() as tx:
        shown = view_account(tx, dora)
        assert look_up(tx, dora.session.id).user == shown.user
    assert (shown.user.alias, shown.user.gender) == ("Dorina", Gender.FEMALE)
    assert shown.user.status_line == "Leggo, ma se mi parli smetto"
    assert (shown.profile.language, shown.profile.theme) == ("it", "dark")
    assert "profile_changed" in kinds_of(transactions, dora.user.id)


def test_what_the_form_leaves_out_stays(transactions: Transactions, dora: Principal) -> None:
    change(transactions, dora, gender="female", status_line="Ciao", language="it", theme="dark")

    with transactions.writing() as tx:
        change_profile(tx, dora, language="en")

    with transactions.reading() as tx:
        shown = view_account(tx, dora)
    assert (shown.user.alias, shown.user.gender) == ("Dora", Gender.FEMALE)
    assert (shown.profile.status_line, shown.profile.theme) == ("Ciao", "dark")
    assert shown.profile.language == "en"


def test_everybody_who_sees_the_person_is_told(
    transactions: Transactions, heard: Heard, dora: Principal
) -> None:
    change(transactions, dora, alias="Dorina", status_line="Ciao")

    assert heard.events == [
        PersonChanged(user_id=dora.user.id, alias="Dorina", gender=Gender.OTHER, status_line="Ciao")
    ]


def test_what_was_said_keeps_the_alias_it_was_said_under(
    transactions: Transactions, place: PlaceId, dora: Principal
) -> None:
    with transactions.writing() as tx:
        make_demo_place(tx)
        say(tx, dora, room_named(tx, "treno"), "Ciao!")
    change(transactions, dora, alias="Dorina")

    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.Message.author_alias)).all() == ["Dora"]


def test_guests_have_no_profile(transactions: Transactions, ada: Principal) -> None:
    with pytest.raises(Forbidden, match="account_needed"):
        change(transactions, ada, alias="Ada")


def test_every_wrong_field_is_told_at_once_and_nothing_changes(
    transactions: Transactions, heard: Heard, dora: Principal
) -> None:
    with pytest.raises(InvalidForm) as refused:
        change(
            transactions,
            dora,
            alias="x",
            gender="?",
            status_line="x" * 51,
            language="tlh",
            theme="plaid",
        )

    assert [(each.field, each.code) for each in refused.value.refusals] == [
        ("alias", "alias_too_short"),
        ("gender", "gender_missing"),
        ("status_line", "line_too_long"),
        ("language", "bad_request"),
        ("theme", "bad_request"),
    ]
    assert heard.events == []


@pytest.mark.parametrize("alias", ["ADA", "\u0410da"])  # the second begins in Cyrillic
def test_an_alias_like_that_of_somebody_present_is_taken(
    transactions: Transactions, ada: Principal, dora: Principal, alias: str
) -> None:
    with pytest.raises(Conflict) as refused:
        change(transactions, dora, alias=alias)

    assert (refused.value.code, refused.value.field) == ("alias_taken", "alias")
    with transactions.reading() as tx:
        assert look_up(tx, dora.session.id) == dora


def test_s49_of_two_who_take_an_alias_at_once_one_gets_it(
    transactions: Transactions, dora: Principal
) -> None:
    elio = sign_up(transactions, Authenticator(), alias="Elio").principal

    outcomes = at_once(
        lambda: change(transactions, dora, alias="Zoe"),
        lambda: change(transactions, elio, alias="Zoe"),
    )

    assert sorted(outcomes) == ["alias_taken", "in"]


def test_an_alias_that_was_taken_up_a_moment_ago_is_taken(
    transactions: Transactions, ada: Principal, dora: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if Ada had come in between the question and the change.
    monkeypatch.setattr("treno_chat.stores.door.visits.exists_alike", no)

    with pytest.raises(Conflict, match="alias_taken"):
        change(transactions, dora, alias="Ada")


def test_contract_7_the_old_alias_rests_for_strangers_but_not_for_its_wearer(
    transactions: Transactions, device: Device, clock: StoppedClock, dora: Principal
) -> None:
    change(transactions, dora, alias="Elio")
    for alias in ("Dora", "Elio"):
        with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
            enter_as_guest(
                tx, place_slug=SLUG, alias=alias, gender="male", device=device, current=None
            )

    change(transactions, dora, alias="Dora")
    clock.pass_(timedelta(hours=25))
    with transactions.writing() as tx:
        assert enter_as_guest(
            tx, place_slug=SLUG, alias="Elio", gender="male", device=device, current=None
        )


def test_another_registered_person_may_not_take_up_a_resting_alias(
    transactions: Transactions, dora: Principal
) -> None:
    elio = sign_up(transactions, Authenticator(), alias="Elio").principal
    change(transactions, dora, alias="Dorina")

    with pytest.raises(Conflict, match="alias_taken"):
        change(transactions, elio, alias="Dora")


def test_the_same_alias_written_differently_needs_no_leave(
    transactions: Transactions, dora: Principal
) -> None:
    assert change(transactions, dora, alias="DORA").alias.text == "DORA"
    assert change(transactions, dora, alias="Dora").alias.text == "Dora"


def test_whoever_is_at_no_place_collides_with_nobody(
    transactions: Transactions, ada: Principal, dora: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        row = tx.db.get(tables.Visit, dora.visit_id)
        assert row is not None
        row.left_at = tx.now

    assert change(transactions, dora, alias="Ada").alias.text == "Ada"
    with transactions.writing() as tx:
        log_out(tx, dora)
    assert log_in(transactions, key).principal.user.alias == "Ada"


def test_a_language_and_a_theme_are_remembered_for_every_device(
    transactions: Transactions, dora: Principal, ada: Principal
) -> None:
    with transactions.writing() as tx:
        for person in (dora, ada):
            change_taste(tx, person, Taste(language="en"))
            change_taste(tx, person, Taste(theme="dark"))
            change_taste(tx, person, Taste())

    with transactions.reading() as tx:
        assert view_taste(tx, dora) == Taste(language="en", theme="dark")
        assert view_taste(tx, ada) == Taste()
