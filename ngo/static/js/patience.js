// Sending one thing until there is an answer that counts: waits for the line, for a login, for a busy server.
(() => {
  const LONGEST_WAIT = 30;
  const TRY_AGAIN = new Set([0, 408, 429, 502, 503, 504]);

  class Stopped extends Error {}

  // Resolves when it is worth trying again: after a while, when the line is back, after a login, or at a press.
  const pause = (row, tries, event) =>
    new Promise((wake) => {
      const button = row.querySelector("[data-upload-again]");
      const go = () => {
        clearTimeout(timer);
        removeEventListener("online", go);
        button.removeEventListener("click", go);
        button.hidden = true;
        wake();
      };
      const seconds = event ? LONGEST_WAIT * 10 : Math.min(2 ** tries, LONGEST_WAIT);
      const timer = setTimeout(go, seconds * 1000);
      button.hidden = false;
      button.addEventListener("click", go);
      addEventListener("online", go);
      if (event) SC.hear(event, go);
    });

  const tell = (row, word, values = {}) => {
    row.querySelector("[data-upload-state]").textContent = SC.word(word, values);
  };

  const post = async (url, body, type) => {
    const headers = { "X-CSRFToken": SC.token(), "HX-Request": "true", Accept: "application/json" };
    if (type) headers["Content-Type"] = type;
    const answer = await fetch(url, { method: "POST", body, headers, credentials: "same-origin" }).catch(() => null);
    if (!answer) return { status: 0, said: {} };
    const said = await answer.json().catch(() => ({}));
    return { status: answer.status, said };
  };

  // Sends until there is an answer that counts: 200, 409 (begin anew), or a refusal, which stops the file.
  const insist = async (row, url, body, type) => {
    for (let tries = 1; ; tries += 1) {
      const { status, said } = await post(url, body, type);
      if (status === 200 || status === 409) return { status, said };
      if (status === 401) {
        tell(row, "upload-login");
        row.dispatchEvent(new CustomEvent("login-expired", { bubbles: true }));
        await pause(row, tries, "logged-in");
      } else if (TRY_AGAIN.has(status)) {
        if (said.error) row.querySelector("[data-upload-state]").textContent = said.error;
        else tell(row, "upload-broken");
        await pause(row, tries);
      } else {
        throw new Stopped(said.error ?? SC.word(status === 403 || status === 404 ? "upload-refused" : "upload-fault"));
      }
    }
  };

  SC.patience = { Stopped, insist, tell };
})();
