"""What a hook needs to read a State."""

from reflex_base.utils.imports import ImportVar

STATE_IMPORTS: dict[str, list[ImportVar]] = {
    "$/utils/context-registry": [
        ImportVar(tag="StateStoreContext"),
        ImportVar(tag="eventLoop"),
        ImportVar(tag="useStateContext"),
    ],
}
