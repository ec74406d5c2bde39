// What was typed into a move stays in this tab until the move was made: a session that ended, or a lost network, costs no words.
// A form that the server keeps is sent to it while somebody types, photos as soon as they are chosen.
const forms = [...document.querySelectorAll(".move form")];
const mine = `unsent:${document.getElementById("moves")?.dataset.me ?? ""}:`;
const box = form => `${mine}${new URL(form.action).pathname.replace(/^\/en\//, "/")}:${form.elements.seen?.value ?? ""}`;
const words = form => [...form.querySelectorAll("textarea, select, input:not([type=hidden]):not([type=file])")].filter(part => part.name && !["drop", "agreed"].includes(part.name)); // a tick for contacts names those it stood beside
const read = part => part.type === "checkbox" || part.type === "radio" ? part.checked : part.value;
const waiting = new Map();
// What a colleague left in this tab is not for whoever signed in after them.
for (const name of Object.keys(sessionStorage)) if (name.startsWith("unsent:") && !name.startsWith(mine)) sessionStorage.removeItem(name);

/** Say beside the button what became of the words: one of the sentences that the page brings along. */
function note(form, what, address) {
  const place = form.querySelector("[data-kept]");
  place.textContent = what ? place.dataset[what] : "";
  if (address) place.append(" ", Object.assign(document.createElement("a"), { href: address, textContent: place.dataset.signin }));
}

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
    if (answer.status === 401) return note(form, "over", answer.headers.get("HX-Redirect"));
    if (answer.status === 409) return elsewhere(form, answer);
    if (answer.status !== 204 || waiting.has(form)) return;
    sessionStorage.removeItem(box(form));
    note(form, "kept");
  }, () => { /* it is in this tab */ });
}
/** Show what the same person has kept on another device meanwhile; what is written here from now on knows of it. */
async function elsewhere(form, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.querySelector("[data-elsewhere]").replaceWith(page.querySelector("[data-elsewhere]"));
  note(form, "both");
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
  let told = "kept", address;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.getElementById(form.closest("details").id);
    if (drawn) form.replaceChildren(...drawn.querySelector("form").childNodes);
    else if (answer.redirected || answer.status === 401) [told, address] = ["over", answer.redirected && answer.url];
    else throw answer;
  } catch {
    told = "failed";
    for (const field of form.querySelectorAll("[type=file]")) field.value = "";
  }
  form.inert = false;
  note(form, told, address);
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
    form.addEventListener("submit", event => {
      clearTimeout(waiting.get(form));
      waiting.delete(form);
      if (["take", "leave"].includes(event.submitter?.name)) sessionStorage.removeItem(box(form)); // the server keeps them
    });
  }
  try {
    // The page itself knows better what was sent to it, refused or filled in: only a form as it was first drawn is filled.
    if ("sent" in form.dataset) { remember(form); continue; }
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
