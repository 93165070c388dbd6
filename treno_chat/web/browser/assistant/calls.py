"""Asking the API, as any program does; what it refuses is thrown as it was told."""

# Longer than any answer takes: in a tunnel a request is swallowed and nobody says so.
PATIENCE_MS = 15_000

CALL = """
  const call = async (method, path, body) => {
    const answer = await fetch("/api/v1" + path, { method, body: body && JSON.stringify(body),
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      signal: AbortSignal.timeout(CALL_PATIENCE) });
    if (answer.status === 204) return null;
    const told = await answer.json();
    if (!answer.ok) throw { ...told, status: answer.status };
    return told;
  };
  // Without a word from the server there was no connection: the page has its own words for that.
  const troubleOf = (error) => error?.detail ?? "offline";
""".replace("CALL_PATIENCE", str(PATIENCE_MS))
