// Photos are sent as soon as they are chosen: a killed browser loses nothing.
import { small } from "./small.js";

function send(form, body) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest(), bar = form.querySelector(".sending progress");
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", event => { if (event.lengthComputable && bar) bar.value = 100 * event.loaded / event.total; });
    request.addEventListener("load", () => request.response?.getElementById("main") ? done(request.response) : failed());
    request.addEventListener("error", failed);
    request.addEventListener("timeout", failed);
    request.send(body);
  });
}

async function take(form, input) {
  const sending = form.querySelector(".sending"), words = sending.querySelector(".progress-words span"), drop = form.querySelector(".drop");
  words.textContent = form.dataset.sending;
  words.parentElement.classList.remove("error");
  sending.hidden = false;
  const body = new FormData(form);
  body.delete(input.name);
  for (const file of input.files) body.append(input.name, await small(file));
  body.set("add", "1");
  form.inert = true;
  try {
    show(await send(form, body));
  } catch {
    form.inert = false;
    words.textContent = form.dataset.failed;
    words.parentElement.classList.add("error");
    input.value = "";
    drop?.querySelector("input")?.focus();
  }
}

/** Put the answered page in place of this one's content. */
function show(page) {
  const fresh = document.adoptNode(page.getElementById("main"));
  document.getElementById("main").replaceWith(fresh);
  prepare();
  (fresh.querySelector("[data-focus]") ?? fresh.querySelector(".actions .btn-primary"))?.focus({ preventScroll: false });
}

function prepare() {
  const form = document.querySelector("[data-photos]");
  if (!form) return;
  form.addEventListener("change", event => { if (event.target.type === "file" && event.target.files.length) take(form, event.target); });
  const drop = form.querySelector(".drop");
  for (const kind of ["dragenter", "dragover"]) drop?.addEventListener(kind, () => drop.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) drop?.addEventListener(kind, () => drop.classList.remove("over"));
}
prepare();
