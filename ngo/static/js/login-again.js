// An expired login opens over the page; afterwards the refused request is sent again with what the form holds now.
(() => {
  const dialog = document.getElementById("login-again");
  if (!dialog) return;
  const frame = dialog.querySelector("iframe");
  const refused = new Set();
  const triggers = new WeakMap();

  document.addEventListener("htmx:configRequest", (event) => {
    triggers.set(event.detail.elt, event.detail.triggeringEvent?.type ?? "click");
  });

  const ask = (what, src, again) => {
    if (again) refused.add(again);
    if (what === "login") SC.wipeOpened?.();
    if (dialog.open) return;
    for (const part of dialog.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== what;
    frame.src = src;
    dialog.showModal();
  };

  document.addEventListener("login-expired", (event) => ask("login", dialog.dataset.src, event.target));

  const back = () => {
    if (dialog.open) dialog.close();
    frame.removeAttribute("src");
    SC.renewLock?.();
    const waiting = [...refused];
    refused.clear();
    for (const element of waiting) {
      if (element.isConnected) htmx.trigger(element, element.matches("form") ? "submit" : (triggers.get(element) ?? "click"));
    }
  };
  SC.hear("logged-in", back);

  // "Unlock" beside a half-filled form must not throw the form away: it opens over it, and only the lock is renewed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-unlock]");
    if (!link || !SC.hasUnsaved()) return;
    event.preventDefault();
    ask("unlock", `${link.pathname}?next=/login/done/`);
  });
})();
