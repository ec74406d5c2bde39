// Cover the words that are selected: a press puts […] in their place, which is hard to type on a phone.
const form = document.querySelector("form[data-words]"), button = form?.querySelector("[data-put]");
if (button) {
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  let last = fields[0];
  for (const field of fields) field.addEventListener("focus", () => { last = field; });
  const given = () => last.selectionEnd > last.selectionStart;
  document.addEventListener("selectionchange", () => { button.disabled = !given(); });
  button.disabled = true;
  // Before the press takes the selection away.
  button.addEventListener("pointerdown", event => event.preventDefault());
  button.addEventListener("click", () => {
    if (!given()) return;
    const spaces = /^(\s*)[\s\S]*?(\s*)$/.exec(last.value.slice(last.selectionStart, last.selectionEnd));
    last.setRangeText(`${spaces[1]}[…]${spaces[2]}`, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
    last.focus();
  });
}
