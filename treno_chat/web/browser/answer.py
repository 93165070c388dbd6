"""How an answer of the server is shown: a refusal beside its field, nothing typed is lost."""

# Plain functions in the scope of the hook that uses them (door.py).
ANSWER = """
  const clear = (form) => {
    for (const spot of form.querySelectorAll("[data-error-for]")) {
      spot.hidden = true;
      spot.querySelector("[data-error-text]").textContent = "";
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) {
      field.setAttribute("aria-invalid", "false");
    }
  };
  const refuse = (form, { field, detail }) => {
    const spot = form.querySelector(`[data-error-for="${field ?? ""}"]`)
      ?? form.querySelector('[data-error-for=""]');
    spot.querySelector("[data-error-text]").textContent = detail;
    spot.hidden = false;
    const input = form.elements.namedItem(field ?? "");
    const first = input instanceof RadioNodeList ? input[0] : input;
    first?.setAttribute?.("aria-invalid", "true");
    (first ?? spot).focus?.();
  };
  const say = (form, name) => ({ detail: form.dataset[name] });
  const ask = async (form, url, body, headers = {}, refused = null) => {
    try {
      const answer = await fetch(url, { method: "POST", body, credentials: "same-origin",
        headers: { Accept: "application/json", ...headers } });
      const told = await answer.json();
      if (answer.ok) return told;
      refuse(form, told);
      refused?.(told);
    } catch {
      refuse(form, say(form, "sayOffline"));
    }
    return null;
  };
  const busy = (form, isBusy) => {
    form.setAttribute("aria-busy", String(isBusy));
    for (const button of document.querySelectorAll("[data-entry] button, button[data-passkey]")) {
      button.disabled = isBusy;
    }
  };
"""
