// Photos are made small before they are sent, and are sent as soon as they are chosen: a killed browser loses nothing.
const LONGEST = 1600, SMALL_ENOUGH = 600_000;

/** Return the Exif part of a JPEG (the place is in it), saying "upright", for the smaller copy is. */
function exifOf(buffer) {
  const view = new DataView(buffer);
  if (view.byteLength < 12 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 12 < view.byteLength;) {
    const marker = view.getUint16(at), size = view.getUint16(at + 2);
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) {
      const part = buffer.slice(at, at + 2 + size);
      return upright(new DataView(part)) ? part : null;
    }
    if (marker === 0xffda || (marker & 0xff00) !== 0xff00 || size < 2) return null;
    at += 2 + size;
  }
  return null;
}
function upright(view) {
  const tiff = 10;
  try {
    const little = view.getUint16(tiff) === 0x4949, list = tiff + view.getUint32(tiff + 4, little);
    for (let n = view.getUint16(list, little), entry = list + 2; n > 0; n--, entry += 12) {
      if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
    }
    return true;
  } catch { return false; }
}

/** Return the photo no larger than a report needs; anything else as it is. */
async function small(file) {
  if (file.type !== "image/jpeg" || file.size < SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", .8));
    if (!blob || blob.size >= file.size) return file;
    const exif = exifOf(await file.arrayBuffer());
    const parts = exif ? [blob.slice(0, 2), exif, blob.slice(2)] : [blob];
    return new File(parts, file.name, { type: "image/jpeg" });
  } catch { return file; }
}

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
