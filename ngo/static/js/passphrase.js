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
    let done = []; // the words before the one in the field, and those that wait behind it while it is put right
    let later = [];
    let shown = false;
    let unknown = false;
    let missing = false;

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

    const box = (_, place) => {
      if (place === done.length) return element("li", unknown ? "words-wrong" : "words-here");
      const word = done[place] ?? later[place - done.length - 1];
      return word ? element("li", "words-full", shown ? word : "••••") : element("li", "");
    };

    const told = () => {
      const values = { done: done.length + later.length, total: count };
      return SC.word(unknown ? "words-unknown" : missing ? "words-missing" : "words-done", values);
    };

    const draw = () => {
      stored.value = [...done, field.value.trim(), ...later].filter(Boolean).join(" ");
      boxes.replaceChildren(...Array.from({ length: count }, box));
      const found = candidates(plain(field.value.trim())).slice(0, 4);
      offers.replaceChildren(
        ...(plain(field.value.trim()).length >= 2 ? found : []).map(([, word]) => {
          const offer = element("button", "words-offer", word);
          offer.type = "button";
          offer.addEventListener("click", () => take(`${word} `));
          return offer;
        }),
      );
      field.classList.toggle("is-invalid", unknown || missing);
      field.setAttribute("aria-invalid", String(unknown || missing));
      state.textContent = told();
      eye.textContent = SC.word(shown ? "words-hide" : "words-show");
    };

    const push = (typed) => {
      const word = done.length < count ? complete(typed) : null;
      if (word) done.push(word);
      return Boolean(word);
    };

    // Only a word that is not in the list stays in the field; those behind it wait until it is put right.
    const take = (text) => {
      const typed = text.split(/[^\p{L}]+/u).filter(Boolean);
      const open = /\p{L}$/u.test(text) && done.length + typed.length < count + 1 ? typed.pop() : "";
      const queue = typed.length ? [...typed, open, ...later].filter(Boolean) : [open, ...later];
      let ended = !typed.length ? 0 : open ? typed.length : queue.length;
      while (ended && push(queue[0])) {
        queue.shift();
        ended -= 1;
      }
      unknown = ended > 0;
      missing = false;
      [field.value = "", ...later] = queue;
      field.focus();
      draw();
    };

    // What the server refuses comes back empty, so it is asked only when every word is there and in the list.
    const isReady = () => {
      if (field.value.trim()) take(`${field.value} `);
      missing = !unknown && done.length < count;
      draw();
      if (unknown || missing) field.focus();
      return !unknown && !missing;
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
    stored.form?.addEventListener("htmx:confirm", (event) => {
      if (!isReady()) event.preventDefault();
    });
    eye.addEventListener("click", () => {
      shown = !shown;
      draw();
    });
    addEventListener("pagehide", () => {
      done = [];
      later = [];
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
