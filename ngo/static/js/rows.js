// The whole row of a table leads where its link leads. The link itself is what keyboards and screen readers use.
(() => {
  const follow = (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, summary")) return;
    if (String(getSelection())) return;
    if (event.button === 1 || event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
    else if (event.button === 0) location.assign(row.dataset.href);
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);

  // The box in the head of a table ticks all boxes that belong to the same form.
  document.addEventListener("change", (event) => {
    const form = event.target.dataset?.ticks;
    if (!form) return;
    for (const box of document.querySelectorAll(`[type=checkbox][name=case][form="${form}"]`)) box.checked = event.target.checked;
  });
})();
