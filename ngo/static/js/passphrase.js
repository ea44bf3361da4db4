// A field for seven words: three or four letters and a space give a word; what is done is hidden again at once.
// The words go nowhere but into the form; the list of all possible words is a public file.
(() => {
  const BREVE = "\u0306"; // й is a letter of its own, ё is not
  const SHORTEST = 3;

  const plain = (text) =>
    [...text.toLowerCase().normalize("NFKD")].filter((letter) => letter === BREVE || !/\p{M}/u.test(letter)).join("").normalize("NFC");

  const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });

  const loadWords = async (url) => {
    const answer = await fetch(url).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    return (Array.isArray(found) ? found : Object.values(found).flat()).map((word) => [plain(word), word]);
  };

  const enhance = (stored) => {
    const count = Number(stored.dataset.count || 7);
    const field = stored.cloneNode();
    const boxes = element("ol", "words-boxes");
    const offers = element("div", "words-offers");
    const foot = element("div", "words-foot");
    const state = element("span", "words-state");
    const eye = element("button", "words-eye", SC.word("words-show"));
    let list = [];
    let done = [];
    let shown = false;
    let unknown = false;

    loadWords(stored.dataset.words).then((words) => (list = words));
    state.setAttribute("role", "status");
    eye.type = "button";
    field.type = "text";
    field.removeAttribute("name");
    field.placeholder = SC.word("words-next");
    for (const [name, value] of Object.entries({ autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false" }))
      field.setAttribute(name, value);
    stored.type = "hidden";
    if (stored.form) stored.form.dataset.noGuard = "";
    for (const name of ["id", "required", "data-passphrase"]) stored.removeAttribute(name);
    field.removeAttribute("data-passphrase");

    const candidates = (start) => (start ? list.filter(([key]) => key.startsWith(start)) : []);
    const complete = (typed) => {
      const start = plain(typed);
      const found = candidates(start);
      const exact = found.find(([key]) => key === start);
      if (exact || !list.length) return exact?.[1] ?? typed;
      return found.length === 1 && start.length >= SHORTEST ? found[0][1] : null;
    };

    const draw = () => {
      stored.value = [...done, field.value.trim()].filter(Boolean).join(" ");
      boxes.replaceChildren(
        ...Array.from({ length: count }, (_, place) =>
          element("li", place < done.length ? "words-full" : place === done.length ? "words-here" : "", place < done.length ? (shown ? done[place] : "••••") : ""),
        ),
      );
      const found = candidates(plain(field.value.trim())).slice(0, 4);
      offers.replaceChildren(
        ...(plain(field.value.trim()).length >= 2 ? found : []).map(([, word]) => {
          const offer = element("button", "words-offer", word);
          offer.type = "button";
          offer.addEventListener("click", () => take(`${word} `));
          return offer;
        }),
      );
      field.classList.toggle("is-invalid", unknown);
      state.textContent = unknown ? SC.word("words-unknown") : SC.word("words-done", { done: done.length, total: count });
      eye.textContent = SC.word(shown ? "words-hide" : "words-show");
    };

    const take = (text) => {
      const typed = text.split(/[^\p{L}]+/u).filter(Boolean);
      const open = /\p{L}$/u.test(text) && done.length + typed.length < count + 1 ? typed.pop() : "";
      let rest = open ?? "";
      unknown = false;
      while (typed.length) {
        const word = done.length < count ? complete(typed[0]) : null;
        if (!word) {
          unknown = true;
          rest = [...typed, rest].filter(Boolean).join(" ");
          break;
        }
        done.push(word);
        typed.shift();
      }
      field.value = rest;
      field.focus();
      draw();
    };

    field.addEventListener("input", () => take(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !field.value && done.length) {
        event.preventDefault();
        field.value = done.pop();
        draw();
      } else if ((event.key === "Enter" || event.key === "Tab") && field.value.trim() && done.length < count) {
        if (event.key === "Tab" && !complete(field.value.trim())) return;
        if (done.length < count - 1) event.preventDefault();
        take(`${field.value} `);
      }
    });
    eye.addEventListener("click", () => {
      shown = !shown;
      draw();
    });
    addEventListener("pagehide", () => {
      done = [];
      field.value = "";
      draw();
    });

    foot.append(state, eye);
    stored.before(boxes, field, offers, foot);
    draw();
  };

  const start = () => document.querySelectorAll("input[data-passphrase]").forEach(enhance);
  start();
  document.addEventListener("htmx:load", start);
})();
