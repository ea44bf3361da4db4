// Files on their way: one after the other, in parts of 1 MiB, each sealed when it arrives. A broken line is waited for;
// a file that is chosen again after a reload goes on where it stopped.
(() => {
  const PART = 1024 * 1024;
  const BEGINNINGS = 3;
  const queue = [];
  let busy = false;
  const { Stopped, insist, tell } = SC.patience;

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
    const at = `${box.dataset.uploadList}${begun.said.id}/`;
    const total = begun.said.parts;
    let done = begun.said.received;
    document.querySelector(`[data-half="${begun.said.id}"]`)?.remove();
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
    const list = box.dataset.uploadShows;
    if (document.querySelector(list)) {
      htmx.ajax("GET", box.dataset.uploadFresh, { target: list, swap: "outerHTML", select: list });
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
