"""The connection, run as the browser runs it."""

from tests.support.pages import in_tab
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.outbox import outbox

# A page whose line is open, in a room or in none.
PAGE = """
const page = (room_id) => {
  held.reflex___state____state = { is_hydrated_rx_state_: true };
  held.treno_chat___web___states___room____room_state = { room_id_rx_state_: room_id,
    me_rx_state_: { id: "ada" }, place_rx_state_: {} };
  const asked = [];
  const one = open({ treno_catch_up: (last_rev) => asked.push(last_rev) });
  one.memory.setState({ rev: 7 });
  const links = [];
  const go = (type) => {
    one.window.dispatchEvent(new Event(type));
    links.push(one.memory.getState().link);
  };
  return { ...one, asked, links, go };
};
"""


def test_a_network_that_comes_back_to_a_line_that_never_broke_is_enough() -> None:
    """As on this very machine, where a browser keeps its lines whatever the network does."""
    links, asked, said = in_tab(
        *connection(),
        outbox(),
        script=PAGE
        + """
        const { go, links, asked, told, refs } = page("r");
        go("offline");
        refs.treno_outbox.send("Ciao");
        const before = told.length;
        go("online");
        return [links, asked, told.slice(before).map(({ payload }) => payload.text)];""",
    )

    assert links == ["down", "back"]
    assert asked == [0, 7]
    assert said == ["Ciao"]


def test_a_page_without_a_room_has_its_line_back_too() -> None:
    script = 'const { go, links } = page(""); go("offline"); go("online"); return links;'

    assert in_tab(*connection(), script=PAGE + script) == ["down", "back"]


def test_a_line_that_broke_is_not_back_with_the_network_alone() -> None:
    script = """
    const { go, links, line, memory } = page("r");
    line.isOpen = false;
    go("offline");
    go("online");
    return [links, memory.getState().isReady];"""

    assert in_tab(*connection(), script=PAGE + script) == [["down", "down"], False]
