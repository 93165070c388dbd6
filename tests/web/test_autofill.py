"""Autofill at the door, run as the browser runs it: it waits for as long as the page is open."""

from typing import Any

from tests.support.pages import in_tab
from treno_chat.api.cookies import CEREMONY_SECONDS
from treno_chat.web.browser.autofill import REARM_MS
from treno_chat.web.browser.door import door

# The door, a browser whose one ceremony is aborted by the next, and a clock that a test moves.
DOOR = """
let time = 1_000_000;
let timers = [];
Date.now = () => time;
globalThis.setTimeout = (run, wait) => timers.push({ run, at: time + wait });
globalThis.clearTimeout = (id) => { if (timers[id - 1]) timers[id - 1].run = () => {}; };
const rest = () => new Promise(setImmediate);
const pass = async (wait) => {
  time += wait;
  for (const timer of timers) if (timer.at <= time) { const { run } = timer; timer.run = () => {};
    run(); }
  await rest();
};
const waiting = [], asked = [];
globalThis.RadioNodeList = class {};
globalThis.browserSupportsWebAuthn = () => true;
globalThis.browserSupportsWebAuthnAutofill = async () => true;
globalThis.startAuthentication = ({ useBrowserAutofill: isAutofill }) => {
  waiting.at(-1)?.refuse(new Error("aborted"));
  return new Promise((give, refuse) => waiting.push({ isAutofill, give, refuse }));
};
globalThis.location = { search: "", hostname: "localhost", assign: (to) => asked.push(to) };
let answer = { code: "passkey_expired", detail: "Too long." };
globalThis.fetch = async (url) => {
  asked.push(url.replace("/auth/passkeys/login/", ""));
  const isFine = url.endsWith("options") || (url.endsWith("verify") && answer.next);
  return { ok: isFine, json: async () => answer };
};
const spot = { querySelector: () => ({}) };
const form = { dataset: { entry: "guest" }, elements: { namedItem: () => null }, hidden: false,
  isConnected: true, querySelector: () => spot, querySelectorAll: () => [],
  setAttribute: () => {} };
const document = { documentElement: { lang: "it" }, getElementById: () => null,
  querySelector: () => form, querySelectorAll: () => [], hidden: false };
const page = open({}, { window: { isSecureContext: true }, document });
const press = () => page.document.dispatchEvent({ type: "click",
  target: { closest: (what) => what.includes("data-passkey") } });
const see = (isSeen) => { page.document.hidden = !isSeen;
  page.document.dispatchEvent({ type: "visibilitychange" }); };
const state = () => [waiting.length, waiting.at(-1).isAutofill === true];
await rest();
"""


def at_the_door(script: str) -> Any:  # noqa: ANN401 -- whatever JSON can be
    return in_tab(door(), script=DOOR + script)


def test_autofill_waits_with_a_new_challenge_before_the_old_one_ends() -> None:
    script = f"const told = [state()]; await pass({REARM_MS}); return [...told, state()];"

    assert at_the_door(script) == [[1, True], [2, True]]
    assert REARM_MS / 1000 < CEREMONY_SECONDS


def test_a_page_that_nobody_looks_at_waits_until_somebody_does() -> None:
    script = f"""
    see(false);
    await pass({REARM_MS} * 3);
    const told = [state()];
    see(true);
    await pass(2_000);
    return [...told, state()];"""

    assert at_the_door(script) == [[1, True], [2, True]]


def test_after_what_came_too_late_and_a_cancelled_button_autofill_waits_again() -> None:
    script = """
    waiting[0].give({ id: "p" });
    await rest();
    const told = [state()];
    press();
    await rest();
    told.push(state());
    const error = Object.assign(new Error(), { name: "NotAllowedError" });
    waiting.at(-1).refuse(error);
    await rest();
    return [...told, state()];"""

    assert at_the_door(script) == [[2, True], [3, False], [4, True]]


def test_a_browser_that_refuses_at_once_is_not_asked_again_at_once() -> None:
    script = f"""
    waiting[0].refuse(new Error("no"));
    await rest();
    const told = [state()];
    await pass({REARM_MS});
    return [...told, state()];"""

    assert at_the_door(script) == [[1, True], [2, True]]


def test_whoever_chose_a_passkey_is_not_disturbed() -> None:
    script = f"""
    answer = {{ next: "/p/x" }};
    see(false);
    see(true);
    waiting[0].give({{ id: "p" }});
    await rest();
    await pass({REARM_MS});
    return [state(), asked.slice(-2)];"""

    assert at_the_door(script) == [[1, True], ["verify", "/p/x"]]
