"""The pages of passwords: each form posted as JSON, the token of a link taken from behind the #."""

import reflex as rx

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.hooks import ability

CODE = """
useEffect(() => {
ANSWER
  const form = document.querySelector('form[data-entry="password"]');
  if (!form) return;
  const named = (name) => form.elements.namedItem(name);
  const query = new URLSearchParams(location.search);
  for (const name of ["place", "next"]) {
    if (named(name) && query.has(name)) named(name).value = query.get(name);
  }
  for (const link of document.querySelectorAll("a[data-onward]")) link.search = location.search;
  if (named("token")) {
    named("token").value = location.hash.slice(1);
    // Nobody who opens the list of visited pages later is to find a link that works.
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  const tell = async (path) => {
    const answer = await fetch(path, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  const greet = async () => {
    const me = named("alias") && await tell("/auth/me");
    if (!me) return;
    if (!me.is_anonymous) { location.replace("/"); return; }
    // A guest who makes an account is not asked twice (WCAG 3.3.7).
    named("alias").value ||= me.alias;
    form.querySelector(`[name="gender"][value="${me.gender}"]`).checked = true;
  };
  const offer = async () => {
    const spot = document.getElementById("providers");
    const told = spot && await tell("/auth/ways");
    if (!told) return;
    form.hidden = !told.password;
    for (const part of document.querySelectorAll("[data-with-password]")) {
      part.hidden = !told.password;
    }
    for (const { name, label } of told.providers) {
      const way = document.createElement("a");
      way.className = "btn edge lg wide";
      way.textContent = spot.dataset.words.replace("{name}", label);
      query.set("language", document.documentElement.lang);
      way.href = `/auth/oidc/${name}?${query}`;
      spot.append(way);
    }
    spot.hidden = !told.providers.length;
  };
  const send = async () => {
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const told = await ask(form, form.dataset.post, body, { "Content-Type": "application/json" });
    if (!told) return;
    if (told.next) { location.assign(told.next); return; }
    const done = document.getElementById("done");
    form.hidden = true;
    done.hidden = false;
    done.focus();
  };
  const submit = async (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    clear(form);
    busy(form, true);
    try { await send(); } finally { busy(form, false); }
  };
  const click = (event) => {
    const button = event.target?.closest?.("[data-reveal]");
    if (!button) return;
    const input = named(button.dataset.reveal);
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    button.textContent = isShown ? button.dataset.show : button.dataset.hide;
  };
  busy(form, false);
  document.addEventListener("submit", submit);
  document.addEventListener("click", click);
  greet();
  offer();
  return () => {
    document.removeEventListener("submit", submit);
    document.removeEventListener("click", click);
  };
}, [])
"""


def password_forms() -> rx.Var[object]:
    """Run the form of the page, and offer what else is configured."""
    return ability(CODE.replace("ANSWER", ANSWER))
