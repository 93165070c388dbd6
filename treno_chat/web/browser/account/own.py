"""What one does with one's own account: every change over HTTP, then everything is read anew."""

import reflex as rx

from treno_chat.domain.door.forms import MAX_STATUS
from treno_chat.web.browser.account.signals import SIGNAL
from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.asking import ASKING, CODES, FORMS, IMPORTS, SENDING
from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.states.account import AccountState

CODE = """
useEffect(() => {
ANSWER
ASKING
SENDING
CODES
SIGNAL
  const again = () => AGAIN;
  const touched = new Set();
  const done = (told) => {
    if (!told) return;
    if (told.accepted) signal(told.accepted);
    memory.setState({ sheet: "" });
    again();
  };
  const forms = {
    // What was not touched is not sent: another device may have changed it meanwhile.
    profile: async (form, given) => {
      const change = Object.fromEntries([...touched].map((name) => [name, given[name]]));
      const told = await asked(form, "profile", change);
      if (!told) return;
      const { theme, language } = change;
      if (theme) refs.treno_theme?.(theme);
      done(told);
      if (language && language !== document.documentElement.lang) location.reload();
    },
    "passkey-add": async (form, { name }) => done(await made(form, "passkeys/add", { name })),
    "passkey-rename": async (form, given) => done(await asked(form, "passkeys/rename", given)),
    "passkey-remove": async (form, given) => done(await asked(form, "passkeys/remove", given)),
    "password-add": async (form, given) => done(await asked(form, "password", given)),
    "password-change": async (form, given) => done(await asked(form, "password/change", given)),
    "password-remove": async (form) => done(await asked(form, "password/remove")),
    "provider-link": async (form, { name }) => {
      const told = await asked(form, `oidc/${name}/link`);
      if (told) location.assign(told.next);
    },
    "provider-remove": async (form, { name }) => done(await asked(form, `oidc/${name}/remove`)),
    // Enter, where the password is typed anew, names no session: it is the one asked for before.
    "session-end": async (form, { id = form.dataset.about }) => {
      form.dataset.about = id;
      done(await asked(form, "sessions/end", { id }));
    },
    "session-end-others": async (form) => done(await asked(form, "sessions/end-others")),
    number: async (form, { phone }) => sent(await asked(form, "phone/change", { phone })),
    code: async (form, { code }) => done(await asked(form, "phone/confirm", { code }, wrong)),
    resend: async (form) => sent(await asked(form, "phone/resend")),
    codes: async (form) => {
      const told = await asked(form, "recovery-codes");
      if (!told) return;
      memory.setState({ codes: told.codes });
      again();
    },
    erase: async (form) => {
      const told = await asked(form, "erasure");
      if (!told) return;
      memory.setState({ sheet: "" });
      refs.treno_count?.(told.due_in);
    },
    stay: async (form) => {
      if (!await asked(form, "erasure/undo")) return;
      refs.treno_count?.(-1);
      again();
    },
  };
  const graphemes = new Intl.Segmenter();
  const left = (text) => MOST - [...graphemes.segment(text.trim())].length;
  const input = (event) => {
    if (event.target?.form?.dataset.entry === "profile") touched.add(event.target.name);
    if (event.target?.id === "status_line")
      memory.setState({ statusLeft: left(event.target.value) });
  };
  // What was shown once is not kept for whoever comes to the screen next.
  const forget = memory.subscribe((kept, old) => {
    if (old.sheet && !kept.sheet && kept.codes.length) memory.setState({ codes: [] });
    if (kept.sheet !== "profile" || old.sheet === "profile") return;
    touched.clear();
    const line = states.getSnapshot("ACCOUNT")?.card_rx_state_.status_line ?? "";
    memory.setState({ statusLeft: left(line) });
  });
  const heard = (item) => { if (item.kind === "notice" || item.kind === "look_again") again(); };
  (refs.treno_heard ??= new Set()).add(heard);
  document.addEventListener("input", input);
FORMS
  return () => {
    stop();
    forget();
    refs.treno_heard.delete(heard);
    document.removeEventListener("input", input);
  };
}, [])
"""


def own() -> rx.Var[object]:
    """Run the forms of the account page."""
    code = (
        CODE.replace("ANSWER", ANSWER)
        .replace("ASKING", ASKING)
        .replace("SENDING", SENDING)
        .replace("CODES", CODES)
        .replace("SIGNAL", SIGNAL)
        .replace("FORMS", FORMS)
        .replace("AGAIN", tell(AccountState.open, "{}"))
        .replace("ACCOUNT", AccountState.get_full_name())
        .replace("MOST", str(MAX_STATUS))
    )
    return ability(code, imports=IMPORTS)
