"""The way back in, step by step; which step it is lives in the page's memory and nowhere else."""

import reflex as rx

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.asking import ASKING, CODES, FORMS, IMPORTS, SENDING
from treno_chat.web.browser.hooks import ability

CODE = """
useEffect(() => {
ANSWER
ASKING
SENDING
CODES
  const step = (name, more = {}) => memory.setState({ step: name, ...more });
  const gone = ({ code }) => { if (code === "code_gone") step("gone"); };
  const forms = {
    number: async (form, { phone }) => sent(await asked(form, "recover", { phone })),
    resend: async (form) => sent(await asked(form, "recover/resend")),
    code: async (form, { code }) => {
      const told = await asked(form, "recover/code", { code }, wrong);
      if (told) step("proof", { mayUseCode: told.may_use_code, hours: told.delay_hours,
        accounts: (told.accounts ?? []).map(({ id, alias, seal }) =>
          ({ id, alias, shape: seal.shape, ink: seal.ink, number: String(seal.number) })) });
    },
    proof: async (form, given) => {
      const told = await asked(form, "recover/proof", given, gone);
      if (told) step("ready", { alias: told.alias });
    },
    wait: async (form, { account = "" }) => {
      const told = await asked(form, "recover/wait", { account }, gone);
      if (told) step("waiting", { until: Date.parse(told.effective_at) });
    },
    passkey: async (form) => {
      const told = await made(form, "recover/passkey", {});
      if (told) step("in", { onward: told.next });
    },
    codes: async (form) => {
      const told = await asked(form, "recovery-codes");
      if (told) step("codes", { codes: told.codes });
    },
    restart: () => step("number"),
  };
  // What this browser asked for before, perhaps yesterday.
  const look = async () => {
    const answer = await fetch("/auth/recover/status", { method: "POST", body: "{}",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
    }).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.json();
    step(told.state === "expired" ? "gone" : told.state,
      { until: Date.parse(told.effective_at) });
  };
  const seen = () => {
    if (!document.hidden && memory.getState().step === "waiting") look();
  };
  // Only now a press does something.
  step("number", { alias: "", codes: [] });
  look();
  document.addEventListener("visibilitychange", seen);
FORMS
  return () => { stop(); document.removeEventListener("visibilitychange", seen); };
}, [])
"""


def recover() -> rx.Var[object]:
    """Run the forms of the way back in."""
    code = (
        CODE.replace("ANSWER", ANSWER)
        .replace("ASKING", ASKING)
        .replace("SENDING", SENDING)
        .replace("CODES", CODES)
        .replace("FORMS", FORMS)
    )
    return ability(code, imports=IMPORTS)
