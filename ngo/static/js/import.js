// Taking in a spreadsheet: the file stays in its field and goes along with each step; the server keeps nothing of it.
(() => {
  const form = document.getElementById("import");
  const file = form?.querySelector("input[type=file]");
  if (!file) return;
  const tooLarge = form.querySelector("[data-too-large]");
  const isTooLarge = () => (file.files[0]?.size ?? 0) > Number(file.dataset.limit);

  // The step stands in a field, not on the button: a sending repeated after a broken line must ask for the same.
  form.addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]")?.dataset.to;
    if (to) form.querySelector("input[name=step]").value = to;
    if (event.target.closest("[data-report-save]")) saveReport(event.target.closest("[data-report-save]"));
  });

  file.addEventListener("change", () => {
    tooLarge.hidden = !isTooLarge();
  });
  form.addEventListener("htmx:confirm", (event) => {
    if (isTooLarge()) event.preventDefault();
  });

  form.addEventListener("htmx:beforeRequest", () => {
    const step = document.getElementById("import-step");
    if (form.querySelector("input[name=step]")?.value !== "take" || step.querySelector("[data-progress]")) return;
    step.prepend(document.getElementById("import-progress").content.cloneNode(true));
    const bar = step.querySelector("[data-progress]");
    htmx.trigger(bar, "htmx:load");
    bar.scrollIntoView({ block: "center" });
  });

  form.addEventListener("htmx:afterSettle", () => {
    const step = document.getElementById("import-step").dataset.step;
    form.querySelector("[data-import-file]").hidden = step === "report";
  });

  // A spreadsheet program takes these first signs for a formula.
  const cell = (text) => `"${text.replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`;
  const saveReport = (button) => {
    const rows = [...form.querySelectorAll("[data-report] tr")];
    const lines = rows.map((row) => [...row.cells].map((one) => cell(one.textContent.trim())).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\uFEFF", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
    link.download = button.dataset.reportSave;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})();
