"""Access tokens: given to a live session, and to nothing else."""

from datetime import datetime

from pydantic import ConfigDict, Field

from treno_chat.actions.tokens.access_tokens import mint
from treno_chat.api.house import House
from treno_chat.api.v1.caller import SessionCaller
from treno_chat.api.v1.problems import OF_A_CALLER
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import Told

router = ApiRouter(prefix="/auth", tags=["tokens"], responses=OF_A_CALLER)


class TokenTold(Told):
    """A token to be sent as `Authorization: Bearer …`; never put it into an address."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOiJFUzI1NiIsImtpZCI6Ii4uLiIsInR5cCI6ImF0K2p3dCJ9…",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "expires_at": "2026-11-21T08:40:00Z",
                }
            ]
        },
    )

    access_token: str = Field(description="A JWT; its keys are at `/.well-known/jwks.json`")
    token_type: str
    expires_in: int = Field(description="Seconds")
    expires_at: datetime


@router.post("/token")
def mint_token(house: House, caller: SessionCaller) -> TokenTold:
    """Give a token that speaks for the session of this browser, for ten minutes at most."""
    house.limits.check_mint(caller)
    with house.transactions.writing() as tx:
        minted = mint(tx, caller)
    return TokenTold(
        access_token=minted.token,
        token_type="Bearer",  # noqa: S106 -- what it is called, not one
        expires_in=minted.seconds,
        expires_at=minted.expires_at,
    )
