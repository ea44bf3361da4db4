// Forms that an authenticator fills before they are sent: what it answers, and beside it the 32 bytes that it computes for
// the vault (WebAuthn PRF). These leave the page once, in the body of that request, and are kept nowhere.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const salts = (found) => found && { ...found, first: bytes(found.first) };
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

  // What the server wrote in JSON, as the browser wants it.
  const read = ({ publicKey }) => {
    const { prf } = publicKey.extensions;
    const each = Object.entries(prf.evalByCredential ?? {}).map(([id, found]) => [id, salts(found)]);
    return {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: publicKey.user && { ...publicKey.user, id: bytes(publicKey.user.id) },
      allowCredentials: known(publicKey.allowCredentials),
      excludeCredentials: known(publicKey.excludeCredentials),
      extensions: { prf: prf.eval ? { eval: salts(prf.eval) } : { evalByCredential: Object.fromEntries(each) } },
    };
  };

  const answered = ({ id, rawId, type, response }) => {
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const sent = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
    return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(sent) });
  };

  const secretOf = (credential) => credential.getClientExtensionResults().prf?.results?.first;

  // Many authenticators compute nothing while they make a credential: then it is asked once more, now that it is there.
  const secretOfNew = async (credential, { rpId, extensions }) => {
    if (secretOf(credential)) return secretOf(credential);
    if (!credential.getClientExtensionResults().prf?.enabled) return null;
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const allowCredentials = [{ type: "public-key", id: credential.rawId }];
    const again = { challenge, rpId, allowCredentials, userVerification: "required", extensions };
    return secretOf(await navigator.credentials.get({ publicKey: again }));
  };

  const ask = async (form) => {
    const headers = { "X-CSRFToken": SC.token() ?? form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
    const response = await fetch(form.dataset.ask, { method: "POST", headers });
    if (!response.ok) throw new Error("refused");
    return read(await response.json());
  };

  const fill = async (form) => {
    const publicKey = await ask(form);
    const how = form.dataset.vaultPasskey;
    const credential = await navigator.credentials[how]({ publicKey });
    const options = { rpId: publicKey.rp?.id, extensions: publicKey.extensions };
    const secret = how === "create" ? await secretOfNew(credential, options) : secretOf(credential);
    if (!secret) return false;
    form.elements.answer.value = answered(credential);
    form.elements.secret.value = text(secret);
    return true;
  };

  const say = (form, which) => {
    for (const one of ["failed", "poor"]) form.querySelector(`[data-passkey-${one}]`).hidden = one !== which;
  };

  document.addEventListener("htmx:confirm", (event) => {
    const form = event.target;
    if (!form.dataset?.vaultPasskey || form.dataset.filled) return;
    event.preventDefault();
    if (form.elements.name && !form.elements.name.value.trim()) {
      event.detail.issueRequest(true); // the server says what is missing
      return;
    }
    fill(form).then(
      (enough) => (enough ? event.detail.issueRequest(true) : say(form, "poor")),
      () => say(form, "failed"),
    );
  });

  if (!window.PublicKeyCredential) {
    for (const form of document.querySelectorAll("[data-vault-passkey]")) say(form, "poor");
  }
})();
