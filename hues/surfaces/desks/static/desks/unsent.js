// What was typed into a move stays in this tab until the move was made: a session that ended, or a lost network, costs no words.
// A form that the server keeps is sent to it while somebody types, photos as soon as they are chosen.
const forms = [...document.querySelectorAll(".move form")];
const box = form => `unsent:${new URL(form.action).pathname.replace(/^\/en\//, "/")}:${form.elements.seen?.value ?? ""}`;
const words = form => [...form.querySelectorAll("textarea, select, input:not([type=hidden]):not([type=file])")].filter(part => part.name && part.name !== "drop");
const read = part => part.type === "checkbox" || part.type === "radio" ? part.checked : part.value;
const note = (form, what) => { form.querySelector("[data-kept]").textContent = what ? form.querySelector("[data-kept]").dataset[what] : ""; };
const waiting = new Map();

function remember(form) {
  const said = {};
  for (const part of words(form)) (said[part.name] ??= []).push(read(part));
  try { sessionStorage.setItem(box(form), JSON.stringify(said)); } catch { /* no room */ }
}
function keep(form, last) {
  clearTimeout(waiting.get(form));
  if (!waiting.delete(form) || form.inert) return;
  const body = new FormData(form);
  for (const field of form.querySelectorAll("[type=file]")) body.delete(field.name);
  fetch(form.dataset.keep, { method: "POST", body, keepalive: last, headers: { "HX-Request": "true" } }).then(answer => {
    if (answer.status !== 204 || waiting.has(form)) return;
    sessionStorage.removeItem(box(form));
    note(form, "kept");
  }, () => { /* it is in this tab */ });
}
function soon(form) {
  if (!waiting.has(form)) waiting.set(form, setTimeout(() => keep(form), 1200));
}
/** Send the photos that were just chosen; the form comes back with them, and with what is doubted of them. */
async function send(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  note(form, "sending");
  const body = new FormData(form);
  form.inert = true;
  let told = "kept";
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.replaceChildren(...page.getElementById(form.closest("details").id).querySelector("form").childNodes);
  } catch {
    told = "failed";
    for (const field of form.querySelectorAll("[type=file]")) field.value = "";
  }
  form.inert = false;
  note(form, told);
  (form.querySelector("[name=despite]") ?? form.querySelector("[type=file]"))?.focus();
}

for (const form of forms) {
  form.addEventListener("input", event => {
    if (event.target.type === "file") return;
    remember(form);
    if (form.dataset.keep) { note(form); soon(form); }
  });
  if (form.dataset.keep) {
    form.addEventListener("change", event => { if (event.target.type === "file" && event.target.files.length) send(form); });
    form.addEventListener("submit", () => { clearTimeout(waiting.get(form)); waiting.delete(form); });
  }
  try {
    // The page itself knows better what was refused: only a form as it was first drawn is filled in.
    const left = JSON.parse(sessionStorage.getItem(box(form)) ?? "null");
    if (!left || form.querySelector(".wrong")) continue;
    for (const part of words(form)) {
      const value = left[part.name]?.shift();
      if (typeof value === "boolean") part.checked = value; else if (value !== undefined) part.value = value;
    }
    form.closest("details").open = true;
    if (form.dataset.keep) soon(form);
  } catch { /* not ours */ }
}
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") for (const form of waiting.keys()) keep(form, true); });
