// Work in steps: asks the server how far it is and moves the bar; at the end goes where the answer says.
(() => {
  const STEP = 1000;

  const follow = async (box) => {
    if (!box.isConnected) return;
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      const { done, total, next } = await answer.json();
      const bar = box.querySelector("progress");
      bar.max = total || 1;
      bar.value = done;
      box.querySelector("[data-progress-count]").textContent = total ? `${done} / ${total}` : "";
      if (total && done >= total) {
        box.classList.add("progress-done");
        if (next) location.assign(next);
        return;
      }
    }
    setTimeout(() => follow(box), STEP);
  };

  const start = () => {
    for (const box of document.querySelectorAll("[data-progress]:not([data-followed])")) {
      box.dataset.followed = "";
      follow(box);
    }
  };
  start();
  document.addEventListener("htmx:load", start);
})();
