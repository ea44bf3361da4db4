// Opened names: a line runs out, then the value leaves the page and the sealed strip comes back.
(() => {
  const wipe = (element) => {
    const strip = element.querySelector("template[data-sealed]");
    const fresh = strip ? [...strip.content.cloneNode(true).children] : [];
    element.replaceChildren();
    element.replaceWith(...fresh);
    for (const part of fresh) htmx.process(part);
  };
  // A form into which something was opened lets go of what nobody touched since, and of what its saving rests on: what was
  // typed stays, and is saved beside what is sealed, not in its place.
  const letGo = (form) => {
    form.removeAttribute("data-opened-into");
    form.querySelector("[name=basis]").remove();
    for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) {
      if (field.value === field.defaultValue) field.value = "";
      field.defaultValue = "";
    }
    const said = form.querySelector("[data-let-go]");
    said.replaceWith(said.querySelector("template").content.cloneNode(true));
  };
  const all = () => document.querySelectorAll("[data-opened]");
  const wipeAll = () => {
    for (const element of all()) wipe(element);
    document.querySelectorAll("[data-opened-into]").forEach(letGo);
    for (const dialog of document.querySelectorAll("dialog.dialog-page[open]")) {
      if (dialog.querySelector("[data-holds-names]")) dialog.close();
    }
  };

  const start = (element) => {
    if (element.dataset.ends || !element.dataset.seconds) return;
    const seconds = Number(element.dataset.seconds);
    element.dataset.ends = String(Date.now() + seconds * 1000);
    const line = element.querySelector(".opened-line");
    if (line) line.style.animationDuration = `${seconds}s`;
    setTimeout(() => element.isConnected && wipe(element), seconds * 1000);
  };
  const startAll = () => all().forEach(start);

  // A sleeping computer stops timers, not the clock.
  const wipeOverdue = () => {
    for (const element of all()) if (Number(element.dataset.ends) <= Date.now()) wipe(element);
  };

  document.addEventListener("click", (event) => {
    const opened = event.target.closest("[data-close-opened]")?.closest("[data-opened]");
    if (opened) wipe(opened);
  });

  startAll();
  document.addEventListener("htmx:load", startAll);
  document.addEventListener("visibilitychange", wipeOverdue);
  addEventListener("focus", wipeOverdue);
  // The browser may keep a left page whole for its back button; what it keeps must hold no name.
  addEventListener("pagehide", wipeAll);
  document.addEventListener("freeze", wipeAll);

  SC.wipeOpened = wipeAll;
})();
