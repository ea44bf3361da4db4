// Says what happens to a form while it is sent, sends it again when the line breaks, and guards what is not saved yet.
// A repeated sending is safe: a form carries the id of what it makes, so nothing is saved twice.
(() => {
  const unsaved = new Set();
  const running = new Map();
  const isForm = (element) => element?.matches?.("form[hx-post], form[hx-put], form[hx-patch]");
  const guarded = (form) => isForm(form) && !("noGuard" in form.dataset);
  const lineBroken = (status) => status === 0 || (status >= 502 && status <= 504);

  const rest = (form) => {
    clearTimeout(running.get(form)?.timer);
    running.delete(form);
    form.inert = false;
    form.removeAttribute("aria-busy");
  };

  // The form is held still until an answer is there: what arrives is then what the eye saw.
  const again = (form) => {
    clearTimeout(running.get(form)?.timer);
    if (!form.isConnected) return rest(form);
    htmx.trigger(form, "submit");
  };

  const waitAndRepeat = (form, tries) => {
    clearTimeout(running.get(form)?.timer);
    const seconds = Math.min(2 ** (tries + 1), 30);
    running.set(form, { tries: tries + 1, timer: setTimeout(() => again(form), seconds * 1000) });
    SC.say(SC.word("broken"), { tone: "bad", button: { label: SC.word("try-now"), press: () => again(form) } });
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form");
    if (guarded(form)) unsaved.add(form);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!isForm(form)) return;
    const tries = running.get(form)?.tries ?? 0;
    const what = form.dataset.waits;
    const timer = setTimeout(() => {
      SC.say(what ? SC.word("saving-what", { what }) : SC.word("saving"), { tone: "busy" });
    }, 400);
    running.set(form, { tries, timer });
    form.inert = true;
    form.setAttribute("aria-busy", "true");
  });

  // Before the answer is acted on: a redirect must not be stopped by the guard below.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    if (isForm(elt) && xhr.status < 400) unsaved.delete(elt);
  });

  const refusals = { 400: "unreadable", 403: "refused", 404: "gone", 429: "too-often" };
  document.addEventListener("htmx:afterRequest", (event) => {
    // Where the answer took the form's place, htmx names an element that is still there instead.
    const { elt, requestConfig, xhr } = event.detail;
    const form = requestConfig?.elt ?? elt;
    if (!isForm(form)) return;
    const tries = running.get(form)?.tries ?? 0;
    if (lineBroken(xhr.status)) return waitAndRepeat(form, tries);
    rest(form);
    // A form marked `data-quiet` only asks for something: nothing was saved.
    const quiet = xhr.status < 400 && "quiet" in form.dataset;
    if (xhr.getResponseHeader("HX-Redirect") || quiet) SC.say("");
    else if (xhr.status < 400) SC.say(SC.word("saved", { time: SC.clock() }), { tone: "done", seconds: 6 });
    else if (xhr.status === 422 || xhr.status === 409 || xhr.status === 401) SC.say("");
    else SC.say(SC.word(refusals[xhr.status] ?? "fault"), { tone: "bad" });
  });

  // A refused form comes back as a new element that is just as unsaved.
  document.addEventListener("htmx:afterSettle", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (!unsaved.has(form) || form.isConnected) return;
    unsaved.delete(form);
    const fresh = form.id && document.getElementById(form.id);
    if (guarded(fresh)) unsaved.add(fresh);
  });

  addEventListener("online", () => {
    for (const [form, { tries }] of running) if (tries) again(form);
  });

  addEventListener("beforeunload", (event) => {
    const left = [...unsaved].some((form) => form.isConnected);
    if (left) event.preventDefault();
  });

  SC.hasUnsaved = () => [...unsaved].some((form) => form.isConnected);
})();
