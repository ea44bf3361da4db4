// The answer of the search stands below its field until it is dismissed, left or the lock closes.
(() => {
  const found = () => document.getElementById("top-found");
  const empty = () => found()?.replaceChildren();

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && found()?.hasChildNodes()) empty();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".top-search")) empty();
  });
  addEventListener("pagehide", () => {
    empty();
    for (const field of document.querySelectorAll("[data-search], #find [name=q]")) field.value = "";
  });
})();
