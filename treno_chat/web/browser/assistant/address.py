"""The address says which conversation is open; whoever comes back to the line is caught up."""

import reflex as rx
from reflex_base.utils.imports import ImportVar

from treno_chat.web.browser.assistant.desk import ability
from treno_chat.web.browser.states import STATE_IMPORTS
from treno_chat.web.states.assistant import AssistantState

# After the line was gone everything is read once more; what arrived meanwhile nobody heard.
TURNING = """
const whoAsks = useStateContext("ASSISTANT")
const asksAs = whoAsks.is_anonymous_rx_state_ ? "" : whoAsks.user_id_rx_state_
const isThere = useStateContext("reflex___state____state").is_hydrated_rx_state_
const place = useLocation()
const goTo = useNavigate()
const kindOfPlace = whoAsks.kind_rx_state_
const zoneOfPlace = whoAsks.timezone_rx_state_
useEffect(() => { if (kindOfPlace) memory.setState({ placeKind: kindOfPlace }); }, [kindOfPlace])
useEffect(() => {
  refs.treno_assistant.go = (path, options) => goTo(path, options);
  refs.treno_assistant.leave = () => goTo("/assistant", { replace: true });
}, [goTo])
useEffect(() => {
  if (!asksAs) return;
  if (desk.getState().user !== asksAs)
    desk.setState({ ...desk.getInitialState(), user: asksAs });
  const wish = decodeURIComponent(place.pathname.split("/").filter(Boolean)[1] ?? "");
  refs.treno_assistant.turn(wish);
}, [place.pathname, asksAs])
// Last of these: what is remembered of somebody begins blank.
useEffect(() => { desk.setState({ zone: zoneOfPlace }); }, [zoneOfPlace, asksAs])
useEffect(() => {
  if (!asksAs || !isThere) return;
  const { conversation, said } = desk.getState();
  refs.treno_assistant.list();
  if (conversation && said.length) refs.treno_assistant.load(conversation);
}, [asksAs, isThere])
"""

ROUTER = {
    "react-router": [ImportVar(tag="useLocation"), ImportVar(tag="useNavigate")],
    **STATE_IMPORTS,
}


def address() -> rx.Var[object]:
    """Turn to what the address names, once it is known whose page this is."""
    return ability(TURNING.replace("ASSISTANT", AssistantState.get_full_name()), imports=ROUTER)
