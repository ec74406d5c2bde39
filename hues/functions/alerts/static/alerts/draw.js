// Draw where an alert is for. What is drawn is the text of a field, one area on each line, and wards are the form's own boxes:
// the form sends the same with a map or without, and whoever types there sees it on the map.
const part = document.querySelector("[data-draw]"), box = part.querySelector("[data-map]"), field = part.querySelector("[name=drawn]");
const wards = [...part.querySelectorAll("[name=wards]")], whole = part.querySelector("[name=whole]"), risk = document.querySelector("[name=risk]");
const FIRST_KM = 2, TURNS = 64, KM = 111.32, NEAR = 14;
let areas = [], before = [], mode = "ward", at = -1, corner = -1, map;

/** What is no area, or has a hole, is left as it was typed: the estimate says why. */
function rings({ type, features, geometry, coordinates: c }) {
  if (type === "FeatureCollection") return features.flatMap(rings);
  if (type === "Feature") return rings(geometry);
  const found = type === "MultiPolygon" ? c : type === "Polygon" ? [c] : null;
  if (found?.some(one => one.length > 1)) throw new TypeError("a hole");
  return found.map(one => one[0]);
}
const pasted = text => rings(JSON.parse(text)).map(ring => ({ points: ring.slice(0, -1).map(([lng, lat]) => [lat, lng]) }));
function read(typed_in) {
  const text = typed_in.trim();  // a paste may begin with a mark that nobody sees
  try {
    return text.startsWith("{") ? pasted(text) : text.split("\n").map(line => line.replace(/\s*,\s*/g, ",").trim().split(/\s+/)).filter(parts => parts[0]).map(typed);
  } catch { return null; /* half written */ }
}
function typed(parts) {
  const places = parts.map(one => one.split(",").map(Number));
  return parts.length === 2 && places[1].length === 1 ? { middle: places[0], km: places[1][0] } : { points: places };
}
const sound = list => list.every(one => (one.points ?? [one.middle]).every(place => place.length === 2 && place.every(Number.isFinite)) && (one.points || one.km > 0));
const line = one => one.points ? one.points.map(place => place.join(",")).join(" ") : `${one.middle} ${one.km}`;
const place = ({ lat, lng }) => [Number(lat.toFixed(6)), Number(lng.toFixed(6))];
const wide = lat => Math.cos(lat * Math.PI / 180);

/** Change what is drawn; `undo` brings back what was there. */
function change(make) {
  before.push(JSON.stringify([areas, at]));
  make();
  write();
}
function write() {
  field.value = areas.filter(one => !one.points || one.points.length > 2).map(line).join("\n");
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { drawn: true } }));
  show();
}
function undo() {
  if (!before.length) return;
  [areas, at] = JSON.parse(before.pop());
  corner = -1;
  write();
}
function remove() {
  const one = areas[at];
  if (!one) return;
  change(() => {
    if (corner >= 0 && one.points?.length > 3) one.points.splice(corner, 1);
    else { areas.splice(at, 1); at = -1; }
    corner = -1;
  });
}
function choose(next) {
  mode = next;
  if (mode !== "ward") at = -1;
  areas = areas.filter((one, n) => n === at || !one.points || one.points.length > 2);
  show();
}

/** A tap, or Enter in the middle of the map. */
function put(lngLat) {
  const here = place(lngLat), open = areas[at];
  if (mode === "circle") return change(() => { at = areas.push({ middle: here, km: FIRST_KM }) - 1; mode = "ward"; });
  if (!open?.points) return change(() => { at = areas.push({ points: [here] }) - 1; });
  const start = map.project([open.points[0][1], open.points[0][0]]), tapped = map.project(lngLat);
  if (open.points.length > 2 && Math.hypot(start.x - tapped.x, start.y - tapped.y) < NEAR) return choose("ward");
  return change(() => { open.points.push(here); });
}
function tap({ point, lngLat }) {
  if (mode !== "ward") return put(lngLat);
  const [found] = map.queryRenderedFeatures(point, { layers: ["drawn", "ground"] });
  if (found?.layer.id === "drawn") { at = found.properties.n; corner = -1; return show(); }
  if (at >= 0) { at = corner = -1; return show(); }
  const ward = found && wards.find(one => one.value === found.properties.code);
  if (ward) ward.click();
}

/** Take hold of a corner, of a point between two, of a circle's middle or of its edge. */
function hold(event) {
  const { kind, n } = event.features[0].properties, one = areas[at], was = JSON.stringify([areas, at]);
  if (mode !== "ward" || !one) return;
  event.preventDefault();
  let moved = kind === "between";
  if (kind === "between") one.points.splice(n, 0, place(event.lngLat));
  const move = ({ lngLat }) => {
    moved = true;
    const here = place(lngLat);
    if (kind === "middle") one.middle = here;
    else if (kind === "edge") one.km = Math.max(.1, Number((Math.hypot(here[0] - one.middle[0], (here[1] - one.middle[1]) * wide(one.middle[0])) * KM).toFixed(2)));
    else one.points[n] = here;
    show();
  };
  const moves = event.type === "touchstart" ? "touchmove" : "mousemove", over = new AbortController();
  const finish = () => {
    over.abort();
    map.off(moves, move);
    corner = kind === "corner" || kind === "between" ? n : -1;
    if (moved) { before.push(was); write(); } else show();
  };
  map.on(moves, move);
  // Let go anywhere, also beside the map or outside of the window, or taken away by a telephone call.
  for (const end of ["mouseup", "touchend", "touchcancel", "blur"]) addEventListener(end, finish, { signal: over.signal });
}

const feature = (type, coordinates, properties) => ({ type: "Feature", geometry: { type, coordinates }, properties });
const flip = ([lat, lng]) => [lng, lat];
const ring = one => one.points ? [...one.points, one.points[0]].map(flip) : Array.from({ length: TURNS + 1 }, (_, n) => {
  const turn = n / TURNS * 2 * Math.PI, [lat, lng] = one.middle;
  return [lng + Math.cos(turn) * one.km / KM / wide(lat), lat + Math.sin(turn) * one.km / KM];
});
function handles(one) {
  if (!one) return [];
  if (!one.points) return [feature("Point", flip(one.middle), { kind: "middle", n: 0 }), feature("Point", ring(one)[0], { kind: "edge", n: 0 })];
  const found = one.points.map((here, n) => feature("Point", flip(here), { kind: "corner", n, chosen: n === corner }));
  if (mode !== "ward") return found;
  return found.concat(one.points.map((here, n) => {
    const next = one.points[(n + 1) % one.points.length];
    return feature("Point", [(here[1] + next[1]) / 2, (here[0] + next[0]) / 2], { kind: "between", n: n + 1 });
  }));
}

function show() {
  part.querySelectorAll("[data-mode]").forEach(button => button.setAttribute("aria-pressed", String(button.dataset.mode === mode)));
  part.querySelectorAll("[data-hint]").forEach(hint => { hint.hidden = hint.dataset.hint !== mode; });
  part.querySelector("[data-do=undo]").disabled = !before.length;
  part.querySelector("[data-do=remove]").disabled = at < 0;
  box.classList.toggle("placing", mode !== "ward");
  if (!map?.getSource("drawn")) return;
  map.getSource("drawn").setData({ type: "FeatureCollection", features: areas.map((one, n) => feature("Polygon", [ring(one)], { n, chosen: n === at })) });
  map.getSource("handles").setData({ type: "FeatureCollection", features: handles(areas[at]) });
  const colour = getComputedStyle(document.documentElement).getPropertyValue(`--risk-${risk.value || 3}`).trim();
  for (const id of ["chosen", "drawn"]) map.setPaintProperty(id, "fill-color", colour);
  map.setFilter("chosen", ["in", ["get", "code"], ["literal", wards.filter(one => one.checked || whole.checked).map(one => one.value)]]);
}
function layers(ground) {
  const ink = getComputedStyle(document.body).color;
  const empty = { type: "FeatureCollection", features: [] };
  map.addSource("ground", { type: "geojson", data: ground });
  map.addSource("drawn", { type: "geojson", data: empty });
  map.addSource("handles", { type: "geojson", data: empty });
  const add = layer => map.addLayer(layer, map.getLayer("places") && "places");  // names stay readable
  add({ id: "ground", type: "fill", source: "ground", paint: { "fill-opacity": 0 } });
  add({ id: "chosen", type: "fill", source: "ground", paint: { "fill-opacity": .6 } });
  add({ id: "drawn", type: "fill", source: "drawn", paint: { "fill-opacity": .45 } });
  add({ id: "outline", type: "line", source: "drawn", paint: { "line-color": ink, "line-width": ["case", ["get", "chosen"], 3, 1.5] } });
  map.addLayer({ id: "handles", type: "circle", source: "handles", paint: { "circle-radius": ["case", ["==", ["get", "kind"], "between"], 5, 9], "circle-color": ["case", ["coalesce", ["get", "chosen"], false], ink, "#fff"], "circle-opacity": ["case", ["==", ["get", "kind"], "between"], .7, 1], "circle-stroke-color": ink, "circle-stroke-width": 2 } });
  show();
}

async function begin(stands) {
  map = stands.map;
  const ground = await fetch(part.dataset.wards).then(answer => answer.json());
  map.doubleClickZoom.disable();
  layers(ground);
  part.querySelector("[data-tools]").hidden = false;
  map.on("styledata", () => { if (map.isStyleLoaded() && !map.getSource("drawn")) layers(ground); });
  map.on("click", event => { if (mode !== "ward" || !map.queryRenderedFeatures(event.point, { layers: ["handles"] }).length) tap(event); });
  for (const name of ["mousedown", "touchstart"]) map.on(name, "handles", hold);
  const all = areas.flatMap(ring);
  if (all.length) map.fitBounds([[Math.min(...all.map(p => p[0])), Math.min(...all.map(p => p[1]))], [Math.max(...all.map(p => p[0])), Math.max(...all.map(p => p[1]))]], { padding: 60, maxZoom: 14, animate: false });
}

box.addEventListener("keydown", event => {
  if (event.target.tagName !== "CANVAS") return;
  if (event.key === "Enter" && mode !== "ward") put(map.getCenter());
  else if (event.key === "Escape") choose("ward");
  else if (event.key === "Delete" || event.key === "Backspace") remove();
  else if (event.key === "z" && (event.ctrlKey || event.metaKey)) undo();
  else return;
  event.preventDefault();
});
part.addEventListener("click", event => {
  const button = event.target.closest("[data-mode], [data-do]");
  if (button?.dataset.mode) choose(button.dataset.mode);
  else if (button) ({ undo, remove })[button.dataset.do]();
});
part.addEventListener("change", event => {
  const together = event.target.name === "presets" ? event.target.dataset.wards.split(" ") : [];
  wards.forEach(ward => { if (together.includes(ward.value)) ward.checked = event.target.checked; });
  show();
});
risk.addEventListener("change", show);
// Enter in a line of words is no wish to submit an alert: people say so by a button.
part.closest("form").addEventListener("keydown", event => { if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault(); });
field.addEventListener("input", event => {
  if (event.detail?.drawn) return;
  const found = read(field.value);
  if (found && sound(found)) { before.push(JSON.stringify([areas, at])); areas = found; at = corner = -1; show(); }
});
for (const name of ["htmx:sendError", "htmx:responseError"]) part.addEventListener(name, () => { part.querySelector("[data-estimate-failed]").hidden = false; });
part.addEventListener("htmx:afterOnLoad", () => { part.querySelector("[data-estimate-failed]").hidden = true; });
const kept = read(field.value);
if (kept && sound(kept)) areas = kept;
if (box.stands) begin(box.stands);
else box.addEventListener("hues:map", event => begin(event.detail));
show();
