"""The door with JavaScript: the form fetched, the ceremonies of @simplewebauthn/browser run.

Without JavaScript the browser posts the form itself and gets the same words from the server.
"""

import reflex as rx
from reflex_base.utils.imports import ImportVar

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.autofill import AUTOFILL
from treno_chat.web.browser.hooks import ability

SIMPLEWEBAUTHN = "@simplewebauthn/browser@14.0.0"

CODE = """
useEffect(() => {
ANSWER
  const form = document.querySelector("form[data-entry]");
  if (!form) return;
  const json = { "Content-Type": "application/json" };
  const query = new URLSearchParams(location.search);
  const next = form.elements.namedItem("next");
  if (next && query.has("next")) next.value = query.get("next");
  const place = form.elements.namedItem("place");
  if (place && query.has("place")) place.value = query.get("place");
  const post = (path, body, refused) =>
    ask(form, "/auth/passkeys/" + path, JSON.stringify(body), json, refused);
  const where = () => ({ place: place?.value ?? "", next: next?.value ?? "" });
  const go = (told) => { if (told) location.assign(told.next); };
  const isPossible = window.isSecureContext && browserSupportsWebAuthn();

  const explain = (error) => {
    const name = error?.name === "NotAllowedError" || error?.name === "AbortError"
      || error?.code === "ERROR_CEREMONY_ABORTED" ? "sayCancelled" : "sayFailed";
    refuse(form, say(form, name));
  };
  const forget = async (told, credential) => {
    if (told?.is_unknown && PublicKeyCredential.signalUnknownCredential) {
      await PublicKeyCredential.signalUnknownCredential({ rpId: location.hostname,
        credentialId: credential.id });
    }
  };
  const quietly = async (path) => {
    // Nobody asked for this one: a failure is not worth a word.
    const answer = await fetch("/auth/passkeys/" + path, { method: "POST", body: "{}",
      headers: { Accept: "application/json", ...json } }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  const verify = async (credential) => {
    const told = await post("login/verify", { credential, ...where() },
      (refused) => forget(refused, credential));
    go(told);
    return told !== null;
  };
AUTOFILL
  const logIn = async () => {
    disarm();
    const optionsJSON = await post("login/options", {});
    let credential = null;
    try {
      if (optionsJSON) credential = await startAuthentication({ optionsJSON });
    } catch (error) {
      explain(error);
    }
    if (!credential || !await verify(credential)) arm();
  };
  const signUp = async () => {
    const told = Object.fromEntries(new FormData(form));
    const options = await post("sign-up/options",
      { alias: told.alias, gender: told.gender ?? "", phone: told.phone, place: told.place });
    if (!options) return;
    let credential;
    try {
      credential = await startRegistration({ optionsJSON: options });
    } catch (error) {
      explain(error);
      return;
    }
    go(await post("sign-up/verify", { credential, ...where() }));
  };
  const enter = async () =>
    go(await ask(form, form.action, new URLSearchParams(new FormData(form))));
  const tell = async (path) => {
    const answer = await fetch(path, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  const one = (id) => document.getElementById(id);
  const welcome = async () => {
    const wish = new URLSearchParams({ place: place?.value ?? "",
      language: document.documentElement.lang });
    const at = await tell("/auth/place?" + wish);
    const ways = one("other-ways");
    if (ways && at?.has_other_ways) { ways.hidden = false; ways.search = location.search; }
    if (!at || !one("place-name")) return;
    one("place-name").textContent = at.name;
    one("place-here").textContent = at.here;
    one("place-here").parentElement.hidden = false;
  };
  const stranger = () => {
    if (one("known")) one("known").hidden = true;
    form.hidden = false;
    form.elements.namedItem("alias").focus();
    arm();
  };
  const goOn = async () => go(await ask(form, "/auth/continue", new URLSearchParams(where())));
  const greet = async () => {
    const me = await tell("/auth/me");
    if (!me) return false;
    if (form.dataset.entry === "account") {
      // A guest who makes an account is not asked twice (WCAG 3.3.7).
      if (!me.is_anonymous) { location.replace("/"); return true; }
      form.elements.namedItem("alias").value = me.alias;
      form.querySelector(`[name="gender"][value="${me.gender}"]`).checked = true;
      if (one("guest-kept")) one("guest-kept").hidden = false;
      return true;
    }
    one("known-continue").textContent =
      one("known-continue").dataset.words.replace("{alias}", me.alias);
    one("known").hidden = false;
    one("ended").hidden = true;
    form.hidden = true;
    return true;
  };
  const during = async (work) => {
    clear(form);
    busy(form, true);
    try { await work(); } finally { busy(form, false); }
  };
  const submit = (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    during(form.dataset.entry === "account" ? signUp : enter);
  };
  const click = (event) => {
    if (event.target?.closest?.('[data-passkey="login"]')) during(logIn);
    if (event.target?.closest?.("#known-continue")) { event.preventDefault(); during(goOn); }
    if (event.target?.closest?.("#known-else")) stranger();
  };
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = !isPossible;
  const lacks = isPossible ? "" : window.isSecureContext ? "browser" : "address";
  for (const note of document.querySelectorAll("[data-no-passkey]"))
    note.hidden = note.dataset.noPasskey !== lacks;
  busy(form, !isPossible && form.dataset.entry === "account");
  document.addEventListener("submit", submit);
  document.addEventListener("click", click);
  if (one("ended")) one("ended").hidden = !query.has("ended");
  welcome();
  document.addEventListener("visibilitychange", seen);
  greet().then(async () => {
    canFill = isPossible && form.dataset.entry === "guest"
      && await browserSupportsWebAuthnAutofill();
    arm();
  });
  return () => {
    disarm();
    document.removeEventListener("visibilitychange", seen);
    document.removeEventListener("submit", submit);
    document.removeEventListener("click", click);
  };
}, [])
"""


def door() -> rx.Var[object]:
    """Run the door: the form fetched, and the passkey by button or by autofill."""
    tags = (
        "browserSupportsWebAuthn",
        "browserSupportsWebAuthnAutofill",
        "startAuthentication",
        "startRegistration",
    )
    imports = {SIMPLEWEBAUTHN: [ImportVar(tag=tag) for tag in tags]}
    return ability(CODE.replace("ANSWER", ANSWER).replace("AUTOFILL", AUTOFILL), imports=imports)
