"""The program as it is served: of Reflex's own answers nothing is left."""

import httpx
import pytest

from tests.web.conftest import Program


@pytest.mark.parametrize("path", ["/ping", "/_health", "/_upload", "/_all_routes"])
async def test_what_reflex_opens_besides_does_not_exist(program: Program, path: str) -> None:
    async with httpx.AsyncClient(base_url=program.origin) as client:
        assert (await client.get("/health")).status_code == 200

        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("is_ours", [True, False])
async def test_one_layer_says_who_may_read(program: Program, is_ours: bool) -> None:  # noqa: FBT001
    origin = program.origin if is_ours else "https://evil.example"
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(base_url=program.origin) as client:
        answers = (
            await client.get("/health", headers={"Origin": origin}),
            await client.get("/nowhere", headers={"Origin": origin}),
            await client.options("/auth/enter", headers=asks),
        )

    for answer in answers:
        assert answer.headers.get_list("vary", split_commas=True).count("Origin") == 1
        permitted = answer.headers.get_list("access-control-allow-origin", split_commas=True)
        assert permitted == ([origin] if is_ours else [])
        assert answer.headers["x-content-type-options"] == "nosniff"
