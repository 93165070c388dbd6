"""Devices: what a browser says of itself, as a person would name it in a list."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceKind(StrEnum):
    """What it looks like in the hand."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceName:
    """A browser on a system; empty where it does not say."""

    kind: DeviceKind
    browser: str
    system: str


# In this order: browsers name the ones they are made from as well, and so do systems.
_BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("OPR/", "Opera/", "OPT/"), "Opera"),
    (("Vivaldi/",), "Vivaldi"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/", "Chromium/"), "Chrome"),
    (("Safari/",), "Safari"),
)
_SYSTEMS = (
    (("iPhone", "iPod"), "iOS"),
    (("iPad",), "iPadOS"),
    (("Android",), "Android"),
    (("CrOS",), "ChromeOS"),
    (("Windows",), "Windows"),
    (("Macintosh", "Mac OS X"), "macOS"),
    (("Linux", "X11"), "Linux"),
)


def device_name(user_agent: str) -> DeviceName:
    """Return what to call a device; it is the browser's own word, and proves nothing."""
    return DeviceName(
        kind=_kind(user_agent),
        browser=_first(_BROWSERS, user_agent),
        system=_first(_SYSTEMS, user_agent),
    )


def _kind(user_agent: str) -> DeviceKind:
    is_mobile = "Mobile" in user_agent
    if (
        "iPad" in user_agent
        or "Tablet" in user_agent
        or ("Android" in user_agent and not is_mobile)
    ):
        return DeviceKind.TABLET
    return DeviceKind.PHONE if is_mobile or "iPhone" in user_agent else DeviceKind.COMPUTER


def _first(names: tuple[tuple[tuple[str, ...], str], ...], user_agent: str) -> str:
    return next((name for marks, name in names if any(each in user_agent for each in marks)), "")
