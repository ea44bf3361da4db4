// Native <dialog> and <details> menus: opening, closing, and pages fetched into a dialog.
(() => {
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };

  const closer = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-close dialog-close";
    button.setAttribute("aria-label", SC.word("close"));
    button.addEventListener("click", () => button.closest("dialog").close());
    return button;
  };

  const takePart = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    return [...(page.querySelector("main") ?? page.body).childNodes];
  };

  // Fetches a page into a dialog over this one, so that nothing typed here is lost. Opened with a plain load if that fails.
  const openPage = async (url) => {
    const answer = await fetch(url, { headers: { "X-In-Dialog": "1" }, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return location.assign(url);
    const dialog = document.createElement("dialog");
    dialog.className = "dialog dialog-page";
    dialog.append(closer(), ...takePart(await answer.text()));
    const said = Object.assign(document.createElement("output"), { className: "say" });
    dialog.append(said);
    const heading = dialog.querySelector("h1, h2");
    if (heading) {
      heading.id ||= "dialog-heading";
      dialog.setAttribute("aria-labelledby", heading.id);
    }
    document.body.append(dialog);
    htmx.process(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
    const first = dialog.querySelector("[data-errors], [autofocus], select, textarea, input:not([type=hidden])");
    first?.focus();
  };

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      closeMenus();
      document.getElementById(opener.dataset.opens)?.showModal();
      return;
    }
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      openPage(link.href);
      return;
    }
    const cancel = event.target.closest("dialog.dialog-page .form-actions a");
    if (cancel) {
      event.preventDefault();
      cancel.closest("dialog").close();
      return;
    }
    if (event.target.matches("dialog.dialog:not(.dialog-frame)")) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    closeMenus();
    open?.querySelector("summary").focus();
  });

  // The case header leaves the screen; one line of it stays.
  const header = document.querySelector("[data-case-header]");
  const bar = document.querySelector(".case-bar");
  if (header && bar) {
    new IntersectionObserver(([seen]) => bar.classList.toggle("case-bar-on", !seen.isIntersecting), {
      rootMargin: "-56px 0px 0px 0px",
    }).observe(header);
  }

  // On a phone the tabs are wider than the page: the one that is shown is also seen.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  SC.openPage = openPage;
})();
