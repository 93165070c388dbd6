"""One's own passkeys over HTTP: they come and go, and the device is told."""

from tests.api.account.owning import add, told
from tests.support.authenticator import Authenticator, decode
from tests.support.browser import Browser


async def test_passkeys_come_and_go_and_the_device_is_told(
    dora: Browser, key: Authenticator
) -> None:
    laptop = Authenticator()
    added = (await add(dora, laptop)).json()
    accepted = added["accepted"]
    assert (accepted["rp_id"], accepted["name"]) == ("treno.example", "Dora")
    assert decode(accepted["user_id"]) == key.handle == laptop.handle
    ids = [key.credential_id, laptop.credential_id]
    assert [decode(each) for each in accepted["credential_ids"]] == ids
    assert (await dora.ask("/auth/passkeys/accepted")).json() == {"accepted": accepted}

    renamed = await dora.json("/auth/passkeys/rename", {"id": added["id"], "name": "Portatile"})
    assert renamed.json() == {"accepted": accepted}
    removed = (await dora.json("/auth/passkeys/remove", {"id": added["id"]})).json()
    assert [decode(each) for each in removed["accepted"]["credential_ids"]] == ids[:1]

    gone = await dora.json("/auth/passkeys/remove", {"id": added["id"]})
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


async def test_the_last_way_in_stays(dora: Browser, key: Authenticator) -> None:
    laptop = await add(dora, Authenticator())
    await dora.json("/auth/passkeys/remove", {"id": laptop.json()["id"]})
    third = (await add(dora, Authenticator())).json()["id"]
    await dora.json("/auth/passkeys/remove", {"id": third})
    names = [each["name"] for each in (await told(dora))["passkeys"]]
    assert len(names) == 1


async def test_a_name_that_is_too_long_is_refused_at_its_field(dora: Browser) -> None:
    answer = await add(dora, Authenticator(), name="x" * 41)

    assert (answer.status_code, answer.json()["field"]) == (422, "name")
