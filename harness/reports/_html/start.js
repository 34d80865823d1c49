// Begin.

const themes = { light: "Dark", dark: "Light" };

/** Return the theme that is seen: the one chosen, or the system's. */
function currentTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return document.documentElement.dataset.theme ?? system;
}

function startTheme() {
  const button = byId("theme");
  const name = () => (button.textContent = themes[currentTheme()]);
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = currentTheme() === "dark" ? "light" : "dark";
    name();
  });
  name();
}

startTheme();
startResults();
startPlots();
startPairs();
startScatters();
startReading();
