// Words that are shown once: a button prints them, and leaving the page wipes them, also from what Back would bring.
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
addEventListener("pagehide", () => document.querySelectorAll("[data-once]").forEach((shown) => shown.remove()));
