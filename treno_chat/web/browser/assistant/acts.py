"""What is pressed on the page of the assistant, its two forms, and the guide's page in a sheet."""

import reflex as rx

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.assistant.calls import CALL
from treno_chat.web.browser.assistant.composer import TEXT_ID
from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.assistant.scroll import LOG_ID
from treno_chat.web.browser.assistant.shapes import GuidePage, Paragraph
from treno_chat.web.browser.assistant.shelf import SEARCH_ID
from treno_chat.web.browser.regions import LOCALE

ACTS = """
useEffect(() => {
  const one = (id) => document.getElementById(id);
  // The button goes away with the press: the focus stays in the conversation.
  const stay = () => one("LOG")?.focus();
  const acts = {
    suggest: ({ text }) => { if (refs.treno_assistant.ask(text)) one("TEXT")?.focus(); },
    stop: () => { refs.treno_assistant.stop(); one("TEXT")?.focus(); },
    resend: ({ id }) => { refs.treno_assistant.resend(id); stay(); },
    discard: ({ id }) => { refs.treno_assistant.discard(id); stay(); },
    again: ({ question }) => { refs.treno_assistant.again(question); stay(); },
    rate: ({ id, rating }) => refs.treno_assistant.rate(id, Number(rating)),
    "hand-over": ({ question }) => refs.treno_assistant.handOver(question),
    source: ({ id, mark }) => refs.treno_assistant.open(id, Number(mark)),
    older: () => refs.treno_assistant.older(),
    more: () => refs.treno_assistant.list(desk.getState().more),
    relist: () => refs.treno_assistant.list(),
    reload: () => {
      desk.setState({ isLoading: true, isLost: false });
      refs.treno_assistant.load(desk.getState().conversation);
    },
    show: ({ which }) => { desk.setState({ which }); refs.treno_assistant.list(); },
    begin: () => setTimeout(() => one("TEXT")?.focus(), 50),
  };
  const click = (event) => {
    const pressed = event.target?.closest?.("[data-ask]");
    if (pressed) acts[pressed.dataset.ask]?.(pressed.dataset);
  };
  const isMac = /^(Mac|iP)/.test(navigator.platform);
  memory.setState({ mod: isMac ? "Cmd" : "Ctrl", hasKeys: localStorage.getItem("keys") !== "off" });
  const isTyping = (at) => !!at?.closest?.("input, textarea, select, [contenteditable]");
  const onKey = (event) => {
    if (event.isComposing || !desk.getState().user) return;
    const { sheet, hasKeys } = memory.getState();
    const isMod = isMac ? event.metaKey : event.ctrlKey;
    if (isMod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      if (!one("SEARCH")?.getClientRects().length) return;
      event.preventDefault();
      one("SEARCH").focus();
    } else if (event.key === "?" && hasKeys && !isMod && !sheet && !isTyping(event.target)) {
      memory.setState({ sheet: "assistant-keys" });
    } else if (event.key === "Escape" && !sheet && desk.getState().isBusy) {
      refs.treno_assistant.stop();
    }
  };
  document.addEventListener("click", click);
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("click", click);
    document.removeEventListener("keydown", onKey);
  };
}, [])
"""

FORMS = """
useEffect(() => {
ANSWER
CALL
  const at = () => "/conversations/" + encodeURIComponent(desk.getState().conversation);
  const forms = {
    "assistant-rename": async ({ title }) => {
      refs.treno_assistant.changed(await call("PUT", at(), { title }));
      memory.setState({ sheet: "" });
      desk.setState({ told: "ai.said_renamed" });
    },
    "assistant-remove": async () => {
      const { conversation } = desk.getState();
      await call("DELETE", at());
      memory.setState({ sheet: "" });
      refs.treno_assistant.removed(conversation);
      refs.treno_assistant.leave();
      desk.setState({ told: "ai.said_removed" });
    },
  };
  const submit = async (event) => {
    const form = event.target;
    const act = forms[form?.dataset?.entry];
    if (!act) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    clear(form);
    form.setAttribute("aria-busy", "true");
    try {
      await act(Object.fromEntries(new FormData(form)));
    } catch (error) {
      refuse(form, error?.detail ? error : say(form, "sayOffline"));
    } finally {
      form.setAttribute("aria-busy", "false");
    }
  };
  document.addEventListener("submit", submit);
  return () => document.removeEventListener("submit", submit);
}, [])
"""

GUIDE = """
useEffect(() => {
CALL
  const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
  const shown = (page, { position }) => ({ ...BLANK_PAGE, title: page.title,
    language: page.language, updated: day.format(new Date(page.updated)),
    paragraphs: page.paragraphs.map((text, at) => ({ ...BLANK_PARAGRAPH, key: String(at), text,
      is_quoted: String(at) === position })) });
  const open = async (id, mark) => {
    const source = desk.getState().said.find((one) => one.id === id)?.sources[mark - 1];
    if (!source) return;
    const { slug, language } = source;
    desk.setState({ page: { ...BLANK_PAGE, title: source.title, is_loading: true } });
    memory.setState({ sheet: "guide" });
    let page;
    try {
      const wish = new URLSearchParams({ language });
      page = shown(await call("GET", `/guide/${encodeURIComponent(slug)}?${wish}`), source);
    } catch (error) {
      // What was quoted is there in any case.
      page = { ...BLANK_PAGE, title: source.title, language, trouble: troubleOf(error),
        paragraphs: [{ ...BLANK_PARAGRAPH, key: "0", text: source.snippet, is_quoted: true }] };
    }
    desk.setState({ page });
    requestAnimationFrame(() => document.querySelector('[role="dialog"] mark')
      ?.scrollIntoView({ block: "center" }));
  };
  Object.assign(refs.treno_assistant ??= {}, { open });
}, [])
"""


def acts() -> tuple[rx.Var[object], ...]:
    """Run what is pressed, the forms about a conversation, and open the pages that are quoted."""
    guide = GUIDE.replace("CALL", CALL).replace("LOCALE", LOCALE)
    guide = guide.replace("BLANK_PAGE", str(rx.Var.create(GuidePage())))
    return (
        ability(ACTS.replace("LOG", LOG_ID).replace("TEXT", TEXT_ID).replace("SEARCH", SEARCH_ID)),
        ability(FORMS.replace("ANSWER", ANSWER).replace("CALL", CALL)),
        ability(guide.replace("BLANK_PARAGRAPH", str(rx.Var.create(Paragraph())))),
    )
