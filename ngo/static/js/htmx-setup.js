// The settings themselves stand in the page's <meta name="htmx-config">: htmx reads them before any script could set them.
(() => {
  // A login in another tab or over the form changes the token; the one printed in the form is then too old.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = SC.token();
    if (!token) return;
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
  });

  document.addEventListener(
    "submit",
    (event) => {
      const field = event.target.querySelector("input[name=csrfmiddlewaretoken]");
      if (field && SC.token()) field.value = SC.token();
    },
    true,
  );

  // A refused form may come back as the whole page: only the form of the same id is taken out of it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target, requestConfig } = event.detail;
    const form = requestConfig?.elt?.closest("form");
    if (form?.id && target === form && /^\s*<!doctype/i.test(xhr.responseText)) {
      event.detail.selectOverride = `#${CSS.escape(form.id)}`;
    }
  });

  const meetErrors = (root) => {
    const summary = root.querySelector?.("[data-errors]");
    if (summary) summary.focus();
  };
  document.addEventListener("htmx:afterSettle", (event) => meetErrors(event.target));
  document.addEventListener("DOMContentLoaded", () => meetErrors(document));

  // A link of the summary leads into the field, not only to its place on the page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-errors] a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
})();
