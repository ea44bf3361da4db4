// The lock in the header: time left, a warning two minutes before, locking here and in every other tab.
(() => {
  const lock = document.querySelector("[data-lock]");
  if (!lock) return;
  const form = lock.querySelector(".lock-open");
  const left = lock.querySelector("[data-left]");
  const WARN = 120;
  let warned = false;

  const seconds = () => Math.round((Date.parse(lock.dataset.until) - Date.now()) / 1000);
  const unlocked = () => Boolean(lock.dataset.until);

  const show = () => {
    form.hidden = !unlocked();
    lock.querySelector(".lock-closed").hidden = unlocked();
    lock.classList.toggle("lock-soon", unlocked() && seconds() <= WARN);
  };

  const close = () => {
    SC.wipeOpened?.();
    if (!unlocked()) return;
    delete lock.dataset.until;
    show();
    SC.say(SC.word("locked"), { tone: "done", seconds: 6 });
  };

  const tick = () => {
    if (!unlocked()) return;
    const rest = seconds();
    if (rest <= 0) return close();
    const exact = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    left.textContent = rest > WARN ? SC.word("minutes", { minutes: Math.floor(rest / 60) }) : exact;
    if (rest <= WARN && !warned) SC.say(SC.word("lock-soon"), { seconds: 15 });
    warned = rest <= WARN;
    show();
  };

  const until = (time) => {
    if (time) lock.dataset.until = time;
    tick();
    show();
  };

  // Names go first, then the server is told: whatever the line does, nothing stays on the screen.
  const lockNow = async () => {
    if (!unlocked()) return;
    close();
    SC.tell({ kind: "locked" });
    const body = new URLSearchParams({ csrfmiddlewaretoken: SC.token() });
    const options = { method: "POST", body, headers: { "X-CSRFToken": SC.token() }, redirect: "manual", keepalive: true };
    const answer = await fetch(form.action, options).catch(() => null);
    if (answer && (answer.ok || answer.type === "opaqueredirect")) return;
    lock.dataset.until = new Date(Date.now() + 60000).toISOString();
    show();
    SC.say(SC.word("lock-failed"), { tone: "bad" });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lockNow();
  });
  SC.hear("locked", close);

  // Each request renews the time; an answer may say so with `HX-Trigger: {"lock-until": "<ISO time>"}`.
  document.addEventListener("lock-until", (event) => {
    const time = event.detail.value;
    until(time);
    SC.tell({ kind: "lock-until", time });
  });
  SC.hear("lock-until", ({ time }) => unlocked() && until(time));

  const renew = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    until(page.querySelector("[data-lock]")?.dataset.until);
  };

  if (unlocked()) SC.tell({ kind: "lock-until", time: lock.dataset.until });
  tick();
  show();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  SC.lockNow = lockNow;
  SC.renewLock = renew;
})();
