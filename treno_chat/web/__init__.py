"""All of Reflex: routes, states, pages, components, gate, words."""
