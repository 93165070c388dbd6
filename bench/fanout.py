"""What one delivery costs the server: our fan-out beside the stock emit, in one run.

Usage: python -m bench.fanout [--listeners 300] [--rate 20] [--seconds 6] [--rounds 3]

Each server runs alone in its own process and counts its own CPU time; the listeners live in
another process. The rounds alternate, and the table shows medians: quote ratios, not times.
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import aiohttp
import uvloop

from bench.fanout_servers import NAMESPACE, Load, serve, serve_stock
from treno_chat.domain.ids import new_id


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a round cost."""

    cpu_us: float
    packets: int
    p50_ms: float
    p99_ms: float


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--listeners", type=int, default=300)
    parser.add_argument("--rate", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--window", type=float, default=0.02)
    chosen = parser.parse_args()
    load = Load(
        listeners=chosen.listeners,
        rate=chosen.rate,
        seconds=chosen.seconds,
        window=chosen.window,
    )
    servers: dict[str, Callable[[Load, Connection], None]] = {"stock": serve_stock, "ours": serve}
    results: dict[str, list[Result]] = {name: [] for name in servers}
    for _ in range(chosen.rounds):
        for name, target in servers.items():
            results[name].append(measure(target, load))
    print(f"{load.listeners} listeners, {load.rate} messages/s, {load.seconds} s, ", end="")
    print(f"medians of {chosen.rounds} alternating rounds, uvicorn on uvloop")
    print(f"{'':8}{'CPU µs/delivery':>16}{'packets':>10}{'p50 ms':>9}{'p99 ms':>9}")
    medians = {name: median(rounds) for name, rounds in results.items()}
    for name, one in medians.items():
        print(f"{name:8}{one.cpu_us:16.1f}{one.packets:10}{one.p50_ms:9.1f}{one.p99_ms:9.1f}")
    print(f"ours / stock: {medians['ours'].cpu_us / medians['stock'].cpu_us:.2f}")


def median(rounds: list[Result]) -> Result:
    """Return the median of every column."""
    return Result(
        cpu_us=statistics.median(one.cpu_us for one in rounds),
        packets=int(statistics.median(one.packets for one in rounds)),
        p50_ms=statistics.median(one.p50_ms for one in rounds),
        p99_ms=statistics.median(one.p99_ms for one in rounds),
    )


def measure(target: Callable[[Load, Connection], None], load: Load) -> Result:
    """Start a server, listen to it, and return what it says it cost."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=target, args=(load, theirs))
    process.start()
    try:
        port = int(ours.recv())
        delays, packets = uvloop.run(listen(port, load, ours))
        cpu_seconds = float(ours.recv())
    finally:
        process.kill()
        process.join()
    delays.sort()
    return Result(
        cpu_us=cpu_seconds / (load.messages * load.listeners) * 1e6,
        packets=packets // load.listeners,
        p50_ms=delays[len(delays) // 2],
        p99_ms=delays[len(delays) * 99 // 100],
    )


async def listen(port: int, load: Load, server: Connection) -> tuple[list[float], int]:
    """Open the sockets, let the server begin, and take what comes until everything did."""
    delays: list[float] = []
    packets = 0
    ready = asyncio.Semaphore(0)

    async def one(session: aiohttp.ClientSession) -> None:
        nonlocal packets
        query = {"EIO": "4", "transport": "websocket", "token": new_id()}
        url = f"http://127.0.0.1:{port}/_event/"
        async with session.ws_connect(url, params=query) as websocket:
            await websocket.send_str(f"40{NAMESPACE},")
            heard = 0
            async for frame in websocket:
                text = str(frame.data)
                if text == "2":
                    await websocket.send_str("3")
                elif text.startswith(f"40{NAMESPACE}"):
                    ready.release()
                elif text.startswith(f"42{NAMESPACE}"):
                    packets += 1
                    heard += _take(text, delays)
                if heard == load.messages:
                    return

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for _ in range(load.listeners):
            group.create_task(one(session))
        for _ in range(load.listeners):
            await ready.acquire()
        server.send("go")
    return delays, packets


def _take(text: str, delays: list[float]) -> int:
    now = time.time()
    payload = json.loads(text.partition(",")[2])[1]
    if "delta" not in payload:
        return 0  # presence
    [delta] = payload["delta"].values()
    items = delta["batch_rx_state_"]
    delays += [(now - float(item["at"])) * 1000 for item in items]
    return len(items)


if __name__ == "__main__":
    main()
