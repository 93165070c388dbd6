"""What staff do at the desk: every change through the API, then the lists are read anew."""

import reflex as rx

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.desk import DeskState

QUESTIONS_ID = "questions"
PAGES_ID = "pages"
# What has no name tells no moment either: at the latest it is read after so long.
QUARTER_MS = 15 * 60 * 1000

CHANGES = """
useEffect(() => {
ANSWER
  const desk = () => "/api/v1/places/" + states.getSnapshot("DESK")?.slug_rx_state_;
  const change = async (form, method, path, body) => {
    try {
      const answer = await fetch(desk() + path, { method, body: body && JSON.stringify(body),
        headers: { Accept: "application/json", "Content-Type": "application/json" } });
      if (answer.ok) return true;
      // Gone meanwhile: somebody else of the staff was here.
      if (answer.status === 404) AGAIN;
      const told = await answer.json();
      refuse(form, told);
      // Now they know: pressed once more, it is what they want.
      if (told.code === "PAGE_CHANGED") form.elements.replaces.disabled = true;
    } catch {
      refuse(form, say(form, "sayOffline"));
    }
    return false;
  };
  const done = (said, list) => {
    memory.setState({ said: "desk.said_" + said, sheet: "" });
    AGAIN;
    document.getElementById(list)?.focus();
  };
  // The name of a page that was given none: its title, as far as it can stand in one.
  const named = (title) => title.normalize("NFD").toLowerCase().replace(/[^a-z0-9]+/g, " ")
    .trim().split(" ").join("-").slice(0, 60).replace(/-+$/, "");
  const forms = {
    "page-keep": async (form, { answers, ...page }) => {
      const body = { ...page, slug: page.slug || named(page.title), answers: answers || null };
      if (await change(form, "POST", "/pages", body))
        done(answers ? "answered" : "kept", answers ? "QUESTIONS" : "PAGES");
    },
    "page-remove": async (form, { language, slug }) => {
      if (await change(form, "DELETE", `/pages/${language}/${slug}`)) done("removed", "PAGES");
    },
    "question-settle": async (form, { id }) => {
      if (await change(form, "POST", `/questions/${id}/settle`)) done("settled", "QUESTIONS");
    },
  };
  const submit = async (event) => {
    const form = event.target;
    const act = forms[form?.dataset?.entry];
    if (!act) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    const given = Object.fromEntries(new FormData(form, event.submitter));
    clear(form);
    // Not disabled: the focus stays on what was pressed.
    form.setAttribute("aria-busy", "true");
    try { await act(form, given); } finally { form.setAttribute("aria-busy", "false"); }
  };
  document.addEventListener("submit", submit);
  return () => document.removeEventListener("submit", submit);
}, [])
"""

WAYS = """
useEffect(() => {
  const acts = {
    write: () => WRITE,
    edit: ({ language, page_slug }) => EDIT,
    answer: ({ question_id }) => ANSWER_IT,
    more: () => MORE,
    stop: () => STOP,
  };
  const click = (event) => {
    const pressed = event.target?.closest?.("[data-desk-act]");
    if (!pressed) return;
    const { deskAct, language, page: page_slug, question: question_id } = pressed.dataset;
    acts[deskAct]?.({ language, page_slug, question_id });
  };
  document.addEventListener("click", click);
  return () => {
    memory.setState({ said: "", about: "" });
    document.removeEventListener("click", click);
  };
}, [])
"""


NEWS = """
useEffect(() => {
  const look = () => LOOK_AGAIN;
  const heard = ({ kind, place }) => {
    if (place !== states.getSnapshot("DESK")?.slug_rx_state_) return;
    if (kind === "handed_over") memory.setState({ said: "desk.said_handed_over" });
    // What one does oneself is read anew when it is done.
    const isOthers = kind === "desk_changed" && !document.querySelector('form[aria-busy="true"]');
    if (kind === "handed_over" || isOthers) look();
  };
  const seen = () => { if (!document.hidden) look(); };
  const all = (refs.treno_heard ??= new Set());
  all.add(heard);
  document.addEventListener("visibilitychange", seen);
  const now = setInterval(seen, QUARTER);
  return () => {
    all.delete(heard);
    document.removeEventListener("visibilitychange", seen);
    clearInterval(now);
  };
}, [])
"""


def desk() -> tuple[rx.Var[object], ...]:
    """Run the forms and the buttons of the desk, and look again when somebody waits."""
    name = DeskState.get_full_name()
    changes = (
        CHANGES.replace("ANSWER", ANSWER)
        .replace("AGAIN", tell(DeskState.again, "{}"))
        .replace('"DESK"', f'"{name}"')
        .replace("QUESTIONS", QUESTIONS_ID)
        .replace("PAGES", PAGES_ID)
    )
    ways = (
        WAYS.replace("WRITE", tell(DeskState.write, "{}"))
        .replace("EDIT", tell(DeskState.edit, "{ language, page_slug }"))
        .replace("ANSWER_IT", tell(DeskState.answer, "{ question_id }"))
        .replace("MORE", tell(DeskState.more, "{}"))
        .replace("STOP", tell(DeskState.put_away, "{}"))
    )
    news = (
        NEWS.replace("LOOK_AGAIN", tell(DeskState.look_again, "{}"))
        .replace('"DESK"', f'"{name}"')
        .replace("QUARTER", str(QUARTER_MS))
    )
    return ability(changes), ability(ways), ability(news)
