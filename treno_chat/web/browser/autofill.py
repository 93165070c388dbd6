"""Autofill: a passkey in the list of suggestions of the alias, for as long as the page is open.

What the browser waits with is over as soon as anything else is asked of its passkeys, here or in
another tab, and with its challenge. So it is armed anew after every ceremony that let nobody in,
when the page is looked at again, and in time before the challenge ends.
"""

# A challenge lives for five minutes.
REARM_MS = 240_000
# Whoever was in another app to choose a passkey comes back with it: that goes first.
SEEN_MS = 1_500
# A browser that refuses faster than anybody could is not asked again at once.
AT_ONCE_MS = 1_000

# Plain functions in the scope of the hook that uses them (door.py).
AUTOFILL = (
    """
  let canFill = false;
  let turn = 0;
  let arming = 0;
  const disarm = () => { turn += 1; clearTimeout(arming); };
  const arm = async () => {
    disarm();
    if (!canFill || !form.isConnected || form.hidden || document.hidden) return;
    const mine = turn;
    const began = Date.now();
    arming = setTimeout(arm, REARM);
    const optionsJSON = await quietly("login/options");
    if (!optionsJSON || mine !== turn) return;
    let credential;
    try {
      credential = await startAuthentication({ optionsJSON, useBrowserAutofill: true });
    } catch {
      if (mine === turn && Date.now() - began > AT_ONCE) arm();
      return;
    }
    clearTimeout(arming);
    if (!await verify(credential)) arm();
  };
  const seen = () => {
    if (document.hidden) return;
    clearTimeout(arming);
    arming = setTimeout(arm, SEEN);
  };
""".replace("REARM", str(REARM_MS))
    .replace("SEEN", str(SEEN_MS))
    .replace("AT_ONCE", str(AT_ONCE_MS))
)
