// Two at once: takes what a colleague saved into the field; pressed again, it gives back what was typed.
(() => {
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const valuesOf = (fields) => fields.filter((field) => !isTick(field) || field.checked).map((field) => field.value);
  const put = (field, values) => {
    if (isTick(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
    if (field.tagName === "SELECT" && field.selectedIndex < 0) field.selectedIndex = 0;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const fields = [...button.form.elements].filter(
      (field) => field.name === button.dataset.take && field.type !== "hidden",
    );
    const typed = JSON.stringify(valuesOf(fields));
    for (const field of fields) put(field, JSON.parse(button.value));
    button.value = typed;
    for (const words of button.querySelectorAll("span")) words.hidden = !words.hidden;
    fields[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
