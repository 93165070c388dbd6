"""Devices: named as their owner would name them."""

import pytest

from treno_chat.domain.door.devices import DeviceKind, DeviceName, device_name

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("user_agent", "kind", "browser", "system"),
    [
        (
            (
                f"{MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
                " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
            ),
            DeviceKind.PHONE,
            "Safari",
            "iOS",
        ),
        (
            (
                f"{MOZILLA} (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                " Chrome/138.0.0.0 Mobile Safari/537.36"
            ),
            DeviceKind.PHONE,
            "Chrome",
            "Android",
        ),
        (
            (
                f"{MOZILLA} (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                " SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36"
            ),
            DeviceKind.TABLET,
            "Samsung Internet",
            "Android",
        ),
        (
            (
                f"{MOZILLA} (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/138.0"
                " Mobile/15E148 Safari/604.1"
            ),
            DeviceKind.TABLET,
            "Chrome",
            "iPadOS",
        ),
        (
            (
                f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                " Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
            ),
            DeviceKind.COMPUTER,
            "Edge",
            "Windows",
        ),
        (
            f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            DeviceKind.COMPUTER,
            "Firefox",
            "Linux",
        ),
        (
            (
                f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
                " Gecko) Version/18.5 Safari/605.1.15"
            ),
            DeviceKind.COMPUTER,
            "Safari",
            "macOS",
        ),
        ("<script>alert(1)</script>", DeviceKind.COMPUTER, "", ""),
        ("", DeviceKind.COMPUTER, "", ""),
    ],
)
def test_a_device_is_named_by_what_it_says(
    user_agent: str, kind: DeviceKind, browser: str, system: str
) -> None:
    assert device_name(user_agent) == DeviceName(kind=kind, browser=browser, system=system)
