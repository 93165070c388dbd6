"""Telling the device which passkeys still open something, where browsers have a way to (S67)."""

import reflex as rx

from treno_chat.web.browser.hooks import ability
from treno_chat.web.browser.states import STATE_IMPORTS
from treno_chat.web.states.room import RoomState

# In the scope of whoever changes something of the account, too.
SIGNAL = """
  const signal = async (accepted) => {
    const { rp_id: rpId, user_id: userId, name, credential_ids } = accepted;
    const way = window.PublicKeyCredential ?? {};
    // A device that knows none of it is told nothing, and nobody waits for one that does.
    await way.signalAllAcceptedCredentials?.(
      { rpId, userId, allAcceptedCredentialIds: credential_ids })?.catch?.(() => {});
    await way.signalCurrentUserDetails?.({ rpId, userId, name, displayName: name })
      ?.catch?.(() => {});
  };
"""

CODE = """
const whoIsIn = useStateContext("ROOM_STATE").me_rx_state_
useEffect(() => {
SIGNAL
  const { id, is_anonymous } = whoIsIn;
  const way = window.PublicKeyCredential;
  if (!id || is_anonymous || !(way?.signalAllAcceptedCredentials ?? way?.signalCurrentUserDetails))
    return;
  // Once after each login: the tab's own storage is emptied with the session.
  if (sessionStorage.getItem("treno.signalled") === id) return;
  sessionStorage.setItem("treno.signalled", id);
  fetch("/auth/passkeys/accepted", { headers: { Accept: "application/json" } })
    .then(async (answer) => { if (answer.ok) await signal((await answer.json()).accepted); })
    .catch(() => sessionStorage.removeItem("treno.signalled"));
}, [whoIsIn.id, whoIsIn.is_anonymous])
"""


def signals() -> rx.Var[object]:
    """Tell the device after a login what opens the account, and what its name is."""
    code = CODE.replace("SIGNAL", SIGNAL).replace("ROOM_STATE", RoomState.get_full_name())
    return ability(code, imports=STATE_IMPORTS)
