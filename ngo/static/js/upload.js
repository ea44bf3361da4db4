// Files on their way: one after the other, in parts of 1 MiB, each sealed when it arrives. A broken line is waited for;
// a file that is chosen again after a reload goes on where it stopped.
(() => {
  const PART = 1024 * 1024;
  const LONGEST_WAIT = 30;
  const BEGINNINGS = 3;
  const TRY_AGAIN = new Set([0, 408, 429, 502, 503, 504]);
  const queue = [];
  let busy = false;

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

  const bytes = (file, from, to) =>
    file.slice(from, to).arrayBuffer().catch(() => {
      throw new Stopped(SC.word("upload-unreadable"));
    });

  // What the first part is, for finding a half-sent file again; empty where the browser offers no hashing.
  const start = async (file) => {
    if (!crypto.subtle) return "";
    const hash = await crypto.subtle.digest("SHA-256", await bytes(file, 0, PART));
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const show = (row, done, total) => {
    const percent = total ? Math.floor((100 * done) / total) : 0;
    row.querySelector("progress").value = percent;
    row.querySelector("[data-upload-count]").textContent = `${percent} %`;
    tell(row, done < total ? "upload-sending" : "upload-looking", { percent });
  };

  // Returns what was noticed, or null where the server no longer knows the upload.
  const sendOnce = async (box, row, file) => {
    const about = new URLSearchParams({ name: file.name, size: file.size, type: file.type, start: await start(file) });
    const begun = await insist(row, box.dataset.upload, about);
    const at = `${box.dataset.uploadList}${begun.said.scan}/`;
    const total = begun.said.parts;
    let done = begun.said.received;
    document.querySelector(`[data-half="${begun.said.scan}"]`)?.remove();
    show(row, done, total);
    while (done < total) {
      const part = await bytes(file, done * PART, (done + 1) * PART);
      const answer = await insist(row, `${at}part/${done}/`, part, "application/octet-stream");
      if (answer.status === 409) return null;
      done = answer.said.received;
      show(row, done, total);
    }
    const end = await insist(row, `${at}finish/`, "");
    return end.status === 409 ? null : end.said.notices;
  };

  const send = async (box, row, file) => {
    for (let beginning = 0; beginning < BEGINNINGS; beginning += 1) {
      const notices = await sendOnce(box, row, file);
      if (notices) return notices;
    }
    throw new Stopped(SC.word("upload-fault"));
  };

  const finish = (box, row, notices) => {
    row.classList.add("scan-sending-done");
    tell(row, "upload-done");
    const said = notices.map((notice) => Object.assign(document.createElement("p"), { className: "small", textContent: notice }));
    row.querySelector(".progress-box").classList.add("progress-done");
    row.querySelector(".progress-box").append(...said);
    if (document.getElementById("scan-list")) {
      htmx.ajax("GET", box.dataset.uploadList, { target: "#scan-list", swap: "outerHTML", select: "#scan-list" });
    }
  };

  const work = async () => {
    if (busy) return;
    busy = true;
    while (queue.length) {
      const { box, row, file } = queue[0];
      try {
        finish(box, row, await send(box, row, file));
      } catch (fault) {
        row.classList.add("scan-sending-bad");
        row.querySelector("[data-upload-state]").textContent = fault instanceof Stopped ? fault.message : SC.word("upload-fault");
      }
      queue.shift();
    }
    busy = false;
  };

  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-upload]");
    if (!box || event.target.type !== "file") return;
    for (const file of event.target.files) {
      const row = box.querySelector("template[data-upload-row]").content.firstElementChild.cloneNode(true);
      row.querySelector("[data-upload-name]").textContent = file.name;
      row.querySelector("progress").setAttribute("aria-label", file.name);
      box.querySelector("[data-upload-rows]").append(row);
      tell(row, "upload-waiting");
      queue.push({ box, row, file });
    }
    event.target.value = "";
    work();
  });

  // A file name may be a name: it leaves the page with everything else that was open.
  addEventListener("pagehide", () => document.querySelectorAll("[data-upload-rows]").forEach((rows) => rows.replaceChildren()));
  addEventListener("beforeunload", (event) => {
    if (queue.length) event.preventDefault();
  });
})();
