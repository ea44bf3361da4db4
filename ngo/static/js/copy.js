// Copies the text of another element, for example a telephone number out of the contact card.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  await navigator.clipboard.writeText(("value" in source ? source.value : source.textContent).trim());
  SC.say(SC.word("copied"), { tone: "done", seconds: 3 });
});
