// Buttons that ask the device for a passkey. `data-passkey` is login, authenticate or add; the result goes into
// the field `data-credential`, whose form is then sent. allauth's own script does the work.
(() => {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const ids = { [button.dataset.passkey]: button.id, credential: button.dataset.credential };
    if (document.getElementById("passkey-data")) ids.data = "passkey-data";
    if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
    allauth.webauthn.forms[`${button.dataset.passkey}Form`]({ ids });
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const said of document.querySelectorAll("[data-passkey-failed]")) said.hidden = false;
  });
})();
