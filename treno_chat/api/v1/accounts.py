"""Accounts with an address and a password: made, opened, and opened again after forgetting."""

from datetime import datetime

from fastapi import Response
from pydantic import ConfigDict, Field

from treno_chat.actions.account.profile import view_me
from treno_chat.api.door.session_cookie import set_session
from treno_chat.api.house import HttpHouse
from treno_chat.api.other_ways.password import ON, AtTheDoor, Comer, hashing
from treno_chat.api.other_ways.password_forms import (
    ForgotAsked,
    LogInAsked,
    ResetAsked,
    SignUpAsked,
)
from treno_chat.api.v1.me import ME, GenderAsked, MeTold, me_told
from treno_chat.api.v1.problems import OF_A_BODY, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import Told
from treno_chat.domain.door.sessions import Entered

router = ApiRouter(
    prefix="/auth",
    tags=["accounts"],
    dependencies=ON,
    responses={**OF_A_BODY, **refusing(404)},
)
EMAIL, WORDS = "ada@example.org", "giraffa lampone tavolo"


class RegisterAsked(SignUpAsked):
    """An address, a password of 15 characters at least, and who one is to the others."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": EMAIL, "password": WORDS, "alias": "Ada", "gender": "female"}]
        }
    )

    # Pages leave it out where nothing was chosen yet; programs are told that it is needed.
    gender: GenderAsked  # pyright: ignore[reportGeneralTypeIssues]


class PasswordShown(LogInAsked):
    """An address that was proven, and its password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": EMAIL, "password": WORDS}]})


class ResetWished(ForgotAsked):
    """The address of whoever forgot the password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": EMAIL}]})


class NewPassword(ResetAsked):
    """What stands behind the # of the link that came by mail, and another password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"token": "pO3…", "password": f"{WORDS} nuovo"}]}
    )


class SignedInTold(Told):
    """Who is signed in now; the session itself is in the cookie that comes along."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{"user": ME, "session_ends_at": "2026-12-21T08:30:00Z"}]},
    )

    user: MeTold
    session_ends_at: datetime = Field(description="The latest end; it ends earlier when unused")


class DoneTold(Told):
    """It is done, or as good as: what was not there is not told."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"done": True}]})

    done: bool = True


@router.post("/register", status_code=201, responses=refusing(409))
async def register(asked: RegisterAsked, comer: Comer, response: Response) -> SignedInTold:
    """Make an account and sign it in.

    A mail goes to the address; once its link was followed, the password opens the account again.
    The answer is the same for an address that somebody else has: its owner is told by mail.
    """
    return await hashing(comer.house, lambda: _signed_in(comer, comer.sign_up(asked), response))


@router.post("/login", responses=refusing(401))
async def log_in(asked: PasswordShown, comer: Comer, response: Response) -> SignedInTold:
    """Sign the owner of an address in; whoever this cookie was before is signed out."""
    return await hashing(comer.house, lambda: _signed_in(comer, comer.log_in(asked), response))


@router.post("/forgot-password")
def forgot_password(asked: ResetWished, comer: Comer) -> DoneTold:
    """Send a link by mail, if the address is anybody's; the answer is the same if it is not."""
    comer.forget(asked)
    return DoneTold()


@router.post("/reset-password", responses=refusing(400, 409))
async def replace_password(asked: NewPassword, comer: Comer) -> DoneTold:
    """Take another password; every session of the account ends."""
    await hashing(comer.house, lambda: comer.reset(asked))
    return DoneTold()


def _signed_in(comer: AtTheDoor, entered: Entered, response: Response) -> SignedInTold:
    house: HttpHouse = comer.house
    set_session(response, entered, now=house.transactions.clock())
    with house.transactions.reading() as tx:
        me = view_me(tx, entered.principal)
    return SignedInTold(user=me_told(me), session_ends_at=entered.principal.session.ends_at)
