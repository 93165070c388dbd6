"""Asking the server for something that is one's own: proven anew where it wants that, once.

Plain functions in the scope of the hook that uses them, beside those of answer.py.
"""

from reflex_base.utils.imports import ImportVar

from treno_chat.web.browser.door import SIMPLEWEBAUTHN

IMPORTS = {
    SIMPLEWEBAUTHN: [ImportVar(tag=tag) for tag in ("startAuthentication", "startRegistration")]
}

ASKING = """
  // Whatever else the server refuses is said in the form; `refused` hears of it as well.
  const asked = async (form, path, body = {}, refused = null, mayProve = true) => {
    let told;
    try {
      const answer = await fetch("/auth/" + path, { method: "POST", body: JSON.stringify(body),
        headers: { Accept: "application/json", "Content-Type": "application/json" } });
      told = await answer.json();
      if (answer.ok) return told;
    } catch {
      told = say(form, "sayOffline");
    }
    if (told.code === "step_up_needed" && mayProve) {
      return await prove(form) ? asked(form, path, body, refused, false) : null;
    }
    refuse(form, told);
    refused?.(told);
    return null;
  };
  const ceremony = async (form, run) => {
    try {
      return await run();
    } catch (error) {
      const isEnough = error?.name === "NotAllowedError" || error?.name === "AbortError"
        || error?.code === "ERROR_CEREMONY_ABORTED";
      const isKnown = error?.name === "InvalidStateError";
      refuse(form, say(form, isKnown ? "sayKnown" : isEnough ? "sayCancelled" : "sayFailed"));
      return null;
    }
  };
  const proveByPassword = async (form, spot) => {
    const typed = spot.querySelector("input");
    const told = await asked(form, "step-up/password", { password: typed.value }, null, false);
    typed.value = "";
    spot.hidden = told !== null;
    return told !== null;
  };
  const prove = async (form) => {
    const spot = form.querySelector("[data-proof]");
    if (spot && !spot.hidden) return proveByPassword(form, spot);
    const optionsJSON = await asked(form, "step-up/options", {}, ({ code }) => {
      if (code !== "password_needed" || !spot) return;
      spot.hidden = false;
      spot.querySelector("input").focus();
    }, false);
    if (!optionsJSON) return false;
    const credential = await ceremony(form, () => startAuthentication({ optionsJSON }));
    return credential !== null
      && await asked(form, "step-up/verify", { credential }, null, false) !== null;
  };
  const made = async (form, path, more) => {
    const optionsJSON = await asked(form, path + "/options");
    if (!optionsJSON) return null;
    const credential = await ceremony(form, () => startRegistration({ optionsJSON }));
    return credential && asked(form, path + "/verify", { credential, ...more });
  };
"""

# A code that was sent: where to, and when another one may be asked for.
SENDING = """
  let ticking = 0;
  const sent = (told) => {
    if (!told) return;
    const { masked, tries, resend_after: wait } = told;
    memory.setState({ step: "code", masked, tries, wait });
    clearInterval(ticking);
    ticking = setInterval(() => {
      const wait = memory.getState().wait - 1;
      memory.setState({ wait });
      if (wait <= 0) clearInterval(ticking);
    }, 1000);
  };
  // The refusal itself says how many tries are left.
  const wrong = () => memory.setState({ tries: 0 });
"""

# The codes that are shown once: on paper, or to wherever they are pasted.
CODES = """
  const codeActs = {
    "copy-codes": async (button) => {
      await navigator.clipboard.writeText(memory.getState().codes.join("\\n"));
      const label = button.querySelector("[data-done]");
      label.textContent = label.dataset.done;
    },
    "print-codes": () => window.print(),
  };
"""

# A submit of a form of ours runs what `forms` has under its name, one at a time.
FORMS = """
  const during = async (form, work) => {
    clear(form);
    busy(form, true);
    try { await work(); } finally { busy(form, false); }
  };
  const submit = (event) => {
    const form = event.target;
    const act = forms[form?.dataset?.entry];
    if (!act) return;
    event.preventDefault();
    const given = Object.fromEntries(new FormData(form, event.submitter));
    during(form, () => act(form, given));
  };
  const press = (event) => {
    const button = event.target?.closest?.("[data-code-act]");
    if (button) codeActs[button.dataset.codeAct]?.(button);
  };
  document.addEventListener("submit", submit);
  document.addEventListener("click", press);
  const stop = () => {
    document.removeEventListener("submit", submit);
    document.removeEventListener("click", press);
    clearInterval(ticking);
  };
"""
