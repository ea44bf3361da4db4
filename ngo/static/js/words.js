// What every script shares: translated words, the line at the foot of the page, the other tabs, the current CSRF token.
window.SC = (() => {
  const channel = new BroadcastChannel("safe-conduct");
  let fading = 0;

  const word = (name, values = {}) => {
    const found = document.getElementById("words")?.content.querySelector(`[data-word="${name}"]`);
    return (found?.textContent ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };

  // `tone` is "", "busy", "done" or "bad"; `button` is {label, press}. Without `seconds` the line stays.
  const say = (text, { tone = "", seconds = 0, button = null } = {}) => {
    const line = document.querySelector("dialog[open] .say") ?? document.getElementById("say");
    if (!line) return;
    clearTimeout(fading);
    line.className = `say ${text ? "say-on" : ""} ${tone && `say-${tone}`}`;
    line.replaceChildren(text);
    if (button) {
      const press = document.createElement("button");
      press.type = "button";
      press.textContent = button.label;
      press.addEventListener("click", button.press);
      line.append(" ", press);
    }
    if (seconds) fading = setTimeout(() => say(""), seconds * 1000);
  };

  const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrf(?:token)?=([^;]+)/)?.[1] ?? "";

  // In the time zone of the account, as every time that the server writes; a browser may be too old to know it.
  const clock = () => {
    const timeZone = document.getElementById("words")?.dataset.zone;
    const digits = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    try {
      return new Date().toLocaleTimeString("en-GB", { ...digits, timeZone });
    } catch {
      return new Date().toLocaleTimeString("en-GB", digits);
    }
  };

  const tell = (message) => channel.postMessage(message);
  const hear = (kind, act) =>
    channel.addEventListener("message", (event) => {
      if (event.data?.kind === kind) act(event.data);
    });

  return { word, say, token, clock, tell, hear };
})();
