"""What is sent: exactly what was asked for, or a refusal that breaks nothing."""

import pytest

from tests.support.browser import ORIGIN, Browser

FORM = {"alias": "Chiara", "gender": "female", "phone": "347 123 4567"}
OURS = {*FORM, "place", "credential"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("login/options", {"user_id": "ada"}),
        ("login/options", []),
        ("login/options", None),
        ("sign-up/options", FORM | {"is_admin": True}),
        ("sign-up/options", FORM | {"alias": 7}),
        ("sign-up/options", FORM | {"alias": None}),
        ("sign-up/options", FORM | {"alias": "\ud800"}),
        ("sign-up/options", FORM | {"phone": "1" * 600}),
        ("sign-up/options", {"alias": "Chiara"}),
        ("login/verify", {"credential": {}, "role": "staff"}),
        ("login/verify", {"credential": {}, "place": ["x"]}),
        ("login/verify", {}),
    ],
)
async def test_s47_what_was_not_asked_is_not_taken(
    stranger: Browser, path: str, body: object
) -> None:
    answer = await stranger.json(f"/auth/passkeys/{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    # A field of ours may be named; what was sent is not repeated, nor what nobody asked for.
    told = answer.json()
    assert set(told) - {"field"} == {"detail", "code"}
    assert told.get("field") in {None, *OURS}
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[" * 60_000, b'{"credential": NaN', b"9" * 5000, b'{"a": 1e999}'],
)
@pytest.mark.parametrize("path", ["login/options", "login/verify", "sign-up/options"])
async def test_what_is_not_json_is_a_clients_mistake(
    stranger: Browser, path: str, body: bytes
) -> None:
    headers = {"Content-Type": "application/json", "Origin": ORIGIN}

    answer = await stranger.client.post(f"/auth/passkeys/{path}", content=body, headers=headers)

    assert answer.status_code in {400, 422}
    assert answer.json()["code"] == "bad_request"
