"""The public halves of our keys, for whoever wants to prove our tokens themselves."""

import hashlib
import json
import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from treno_chat.actions.tokens.signing_keys import current_key, known_keys
from treno_chat.actions.transaction import Transactions
from treno_chat.api.house import House
from treno_chat.domain.tokens.signing_keys import StoredKey

router = APIRouter()
_TAG = re.compile(r'(?:W/)?("[^"]*")')


@router.api_route("/.well-known/jwks.json", methods=["GET", "HEAD"])
def tell_keys(request: Request, house: House) -> Response:
    """Tell every key whose signatures are still good (S40); kept for five minutes."""
    keys = [key.published() for key in _known(house.transactions)]
    body = json.dumps({"keys": keys}, separators=(",", ":"), sort_keys=True).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = int(house.transactions.policy.tokens.keys_cached.total_seconds())
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={kept}"}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = "application/json; charset=utf-8"
    return Response(body, headers=headers)


def _known(transactions: Transactions) -> list[StoredKey]:
    with transactions.reading() as tx:
        known = known_keys(tx)
    if known:
        return known
    with transactions.writing() as tx:
        return [current_key(tx)]


def _has(told: str, tag: str) -> bool:
    """Say whether the asker has this very version; a weak mark of it is as good here."""
    return told.strip() == "*" or tag in _TAG.findall(told)
