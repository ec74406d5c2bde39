// What was typed into a move stays in this tab until the move was made: a session that ended, or a lost network, costs no words.
const forms = [...document.querySelectorAll(".move form")];
const box = form => `unsent:${new URL(form.action).pathname.replace(/^\/en\//, "/")}:${form.elements.seen?.value ?? ""}`;
const words = form => [...form.querySelectorAll("textarea, select, input:not([type=hidden]):not([type=file])")].filter(part => part.name);
const read = part => part.type === "checkbox" || part.type === "radio" ? part.checked : part.value;

for (const form of forms) {
  form.addEventListener("input", () => {
    try { sessionStorage.setItem(box(form), JSON.stringify(words(form).map(read))); } catch { /* no room */ }
  });
  try {
    // The page itself knows better what was refused: only a form as it was first drawn is filled in.
    const left = JSON.parse(sessionStorage.getItem(box(form)) ?? "null"), parts = words(form);
    if (left?.length !== parts.length || form.querySelector(".wrong")) continue;
    parts.forEach((part, n) => { if (typeof left[n] === "boolean") part.checked = left[n]; else part.value = left[n]; });
    form.closest("details").open = true;
  } catch { /* not ours */ }
}
