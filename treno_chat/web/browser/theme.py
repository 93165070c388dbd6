"""Day and night: what a page wears, and with it the bar that the browser draws around it."""

PAPER = {"light": "#f6eddb", "dark": "#0e1b1e"}

# Each colour of the bar holds by a condition; a choice makes one of them hold always.
WEAR = """
const wear = (theme) => {
  const isNight = theme === "dark"
    || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  const root = document.documentElement;
  root.classList.remove("light", "dark");
  root.classList.add(isNight ? "dark" : "light");
  root.style.colorScheme = isNight ? "dark" : "light";
  for (const paper of document.querySelectorAll('meta[name="theme-color"]')) {
    const { scheme } = paper.dataset;
    paper.media = theme === "system" ? `(prefers-color-scheme: ${scheme})`
      : scheme === theme ? "all" : "not all";
  }
};
"""
