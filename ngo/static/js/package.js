// A file that comes once, in the answer itself: it is put behind the link that saves it. The browser's list of downloads
// then shows an address that leads nowhere.
(() => {
  const urls = [];
  const unpack = (root) => {
    for (const link of root.querySelectorAll?.("a[data-package]") ?? []) {
      const bytes = Uint8Array.from(atob(link.dataset.package), (char) => char.charCodeAt(0));
      link.removeAttribute("data-package");
      link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
      urls.push(link.href);
    }
  };
  document.addEventListener("htmx:afterSettle", () => unpack(document));
  addEventListener("pagehide", () => urls.forEach((url) => URL.revokeObjectURL(url)));
})();
