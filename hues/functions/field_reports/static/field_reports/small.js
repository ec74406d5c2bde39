// Photos are made small before they are sent or kept; the place in them is not lost.
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
export async function small(file) {
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
