// Runs before the first paint. Nothing but the chosen colours is ever kept in the browser.
(() => {
  const root = document.documentElement;
  root.toggleAttribute("data-framed", self !== top);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("theme") || "";
  const show = () => {
    root.dataset.bsTheme = chosen() || (system.matches ? "dark" : "light");
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === chosen()));
    }
  };
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme]");
    if (!button) return;
    if (button.dataset.theme) localStorage.setItem("theme", button.dataset.theme);
    else localStorage.removeItem("theme");
    show();
  });
  show();
})();
