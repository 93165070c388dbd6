"""Who one is: the person behind a token or a cookie, and what they say of themselves."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from treno_chat.actions.account.profile import change_profile, view_me
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.v1.caller import ApiCaller, RegisteredChanger
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import Asked, Told
from treno_chat.domain.account.accounts import Me
from treno_chat.domain.door.forms import THEMES
from treno_chat.domain.people import Gender
from treno_chat.domain.seals import seal_of
from treno_chat.domain.words import LANGUAGES

router = ApiRouter(tags=["people"], responses=OF_A_CALLER)
Short = Annotated[str, Field(max_length=512)]


def one_of(*texts: str) -> JsonDict:
    """Describe a text that is one of these; a refusal of another has words of its own."""
    return {"enum": list(texts)}


GenderAsked = Annotated[Short, Field(json_schema_extra=one_of(*Gender))]
ME: JsonDict = {
    "id": "01941f29-7c00-7000-8000-0242ac120002",
    "alias": "Ada",
    "gender": "female",
    "is_anonymous": False,
    "status_line": "Carrozza 4, lato monte",
    "language": "it",
    "theme": None,
    "seal": {"shape": "moon", "ink": "petrol", "number": 42},
    "created_at": "2026-11-21T08:30:00Z",
    "registered_at": "2026-11-21T08:31:00Z",
}


class SealTold(Told):
    """The mark beside an alias: what tells one person from another of the same name."""

    shape: str
    ink: str
    number: int


class MeTold(Told):
    """The caller; what was never chosen is null."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [ME]},
    )

    id: str
    alias: str
    gender: Gender
    is_anonymous: bool = Field(description="A guest, who leaves nothing behind")
    status_line: str
    language: str | None
    theme: str | None
    seal: SealTold
    created_at: datetime
    registered_at: datetime | None


class ProfileAsked(Asked):
    """The whole profile: what is left out is emptied, or left to the browser."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"alias": "Ada", "gender": "female", "status_line": "Carrozza 4"}]
        }
    )

    alias: Short
    gender: GenderAsked
    status_line: Short = ""
    language: Short = Field(default="", json_schema_extra=one_of("", *LANGUAGES))
    theme: Short = Field(default="", json_schema_extra=one_of("", *THEMES))


@router.get("/users/me")
def read_me(house: House, caller: ApiCaller) -> MeTold:
    """Tell who the caller is."""
    with house.transactions.reading() as tx:
        return me_told(view_me(tx, caller))


@router.get("/auth/me")
def read_auth_me(house: House, caller: ApiCaller) -> MeTold:
    """Tell who the caller is: the same as `GET /users/me`."""
    return read_me(house, caller)


@router.put(
    "/users/me",
    dependencies=[Depends(require_json)],
    responses={**OF_A_BODY, **refusing(409)},
)
def change_me(asked: ProfileAsked, *, house: House, caller: RegisteredChanger) -> MeTold:
    """Change the caller's profile, which takes an account; the others see it at once."""
    with house.transactions.writing() as tx:
        change_profile(tx, caller, **asked.model_dump())
        return me_told(view_me(tx, caller))


def me_told(me: Me) -> MeTold:
    """Return what is told of the caller."""
    seal = seal_of(me.user.id)
    return MeTold(
        id=me.user.id,
        alias=me.user.alias,
        gender=me.user.gender,
        is_anonymous=me.user.is_anonymous,
        status_line=me.profile.status_line,
        language=me.profile.language,
        theme=me.profile.theme,
        seal=SealTold(shape=seal.shape, ink=seal.ink, number=seal.number),
        created_at=me.profile.created_at,
        registered_at=me.profile.registered_at,
    )
