// Keys for those who like them; never while somebody types, never with Ctrl, Alt or Meta.
(() => {
  let first = "";
  let forget = 0;
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  const go = (url) => url && location.assign(url);

  const focusSearch = () => {
    const field = document.querySelector("[data-search]");
    if (field?.offsetParent) field.focus();
    else go(document.body.dataset.cases);
  };
  const single = {
    "/": focusSearch,
    n: () => document.querySelector("[data-key='n']")?.click(),
    l: () => SC.lockNow?.(),
    "?": () => document.getElementById("keys")?.showModal(),
  };
  const afterG = { d: () => go(document.body.dataset.desk), c: () => go(document.body.dataset.cases) };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    // On a Russian keyboard the letter lies on the same place under another sign.
    const latin = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const act = first === "g" ? (afterG[event.key] ?? afterG[latin]) : (single[event.key] ?? single[latin]);
    clearTimeout(forget);
    const starts = first !== "g" && (event.key === "g" || latin === "g");
    first = starts ? "g" : "";
    if (starts) forget = setTimeout(() => (first = ""), 1200);
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
