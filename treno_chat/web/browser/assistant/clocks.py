"""When something was said: by the clock of the place, as in its rooms; elsewhere by one's own."""

CLOCKS = r"""
const clocksOf = (locale, zone) => {
  const as = (options, how = locale) =>
    new Intl.DateTimeFormat(how, { ...options, timeZone: zone || undefined });
  const clock = { hour: "numeric", minute: "2-digit" };
  const time = as(clock);
  const date = as({ day: "numeric", month: "short", ...clock });
  const days = as({ weekday: "long", day: "numeric", month: "long" });
  const full = as({ dateStyle: "full", timeStyle: "short" });
  const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  // Swedish dates are written like those of ISO 8601: they can be counted.
  const written = as({ year: "numeric", month: "2-digit", day: "2-digit" }, "sv");
  const daysAgo = (at, now) =>
    Math.round((Date.parse(written.format(now)) - Date.parse(written.format(at))) / 86_400_000);
  const when = (timestamp, now = new Date()) => {
    const at = new Date(timestamp);
    return { time: (daysAgo(at, now) ? date : time).format(at), iso: at.toISOString(),
      full: full.format(at) };
  };
  const dayOf = (timestamp, now = new Date()) => {
    const at = new Date(timestamp);
    const ago = daysAgo(at, now);
    const day = ago < 2 ? near.format(-ago, "day") : days.format(at);
    return day[0].toLocaleUpperCase(locale) + day.slice(1);
  };
  const timeOf = (timestamp) => time.format(new Date(timestamp));
  return { when, dayOf, timeOf };
};
"""
