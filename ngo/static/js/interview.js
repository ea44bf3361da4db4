// In an interview what the page shows of the person opens by itself; the server says each time whether there is one.
(() => {
  const bar = document.querySelector("[data-interview-bar]");
  document.addEventListener("htmx:load", ({ detail }) => {
    // Only what has just come: what was wiped back to its strip is opened by hand, or a lock would undo itself.
    for (const form of detail.elt.querySelectorAll("form[data-interview]")) {
      form.removeAttribute("data-interview");
      htmx.trigger(form, "submit");
    }
  });

  // The answer leads away from this page, which wipes it; the other tabs are told.
  bar?.querySelector("form").addEventListener("submit", () => SC.tell({ kind: "interview-ended" }));
  SC.hear("interview-ended", () => SC.wipeOpened());

  // At its end everything goes, also what else would stay until the lock; a sleeping computer stops timers, not the clock.
  if (bar) {
    const ends = Date.now() + Number(bar.dataset.seconds) * 1000;
    const look = () => Date.now() >= ends && SC.wipeOpened();
    setTimeout(look, Number(bar.dataset.seconds) * 1000);
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
  }

  // A page that the browser kept was wiped when it was left; it is asked for anew, and says what holds now.
  addEventListener("pageshow", (event) => event.persisted && bar && location.reload());
})();
