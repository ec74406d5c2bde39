// Maps of the city on its own sketch. A map that comes into view is drawn at once; MapLibre, thirty times as heavy, is loaded
// when somebody reaches for it: with the mouse, a tap or the button. Where a place is picked or an area drawn it is loaded at once.
//
// A box is `_map.html`. Scripts of a page may talk to it: it sends "hues:map" ({map, maplibre}) once it stands and keeps them as `stands`, and "hues:picked"
// ({lat, lng}) when the reader has chosen a point; one that picks follows "hues:goto" ({lat, lng, zoom}).
import { COLOURS, draw, nearOf, viewOf } from "./sketch.js";

const english = document.documentElement.lang === "en";
const dark = matchMedia("(prefers-color-scheme: dark)");
const say = (vi, en) => english ? en : vi;
let library;

export function show(part) {
  const seen = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { seen.unobserve(target); begin(target); }
  }, { rootMargin: "200px" });
  part.querySelectorAll("[data-map]:not([data-built])").forEach(box => { box.dataset.built = ""; seen.observe(box); });
}

async function load(look) {
  if (!library) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: look }));
    library = import("../vendor/maplibre-gl.mjs");
  }
  return library;
}

const baseOf = box => fetch(box.dataset.map).then(answer => answer.json());

/** The features of `bounds` (west, south, east, north) at a zoom, or null where they can't be had. */
async function pointsOf(box, bounds, zoom, signal) {
  const address = new URL(box.dataset.points, location);
  address.searchParams.set("bbox", bounds.map(n => n.toFixed(5)));
  address.searchParams.set("zoom", zoom.toFixed(1));
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

async function begin(box) {
  if (box.matches("[data-pick], [data-draw-on]") || box.dataset.tiles) return build(box);
  try {
    const base = await baseOf(box);
    const look = async () => {
      if (box.classList.contains("ready")) return;
      const { bounds, zoom } = viewOf(box), found = box.dataset.points && await pointsOf(box, bounds, zoom).catch(() => null);
      draw(box, { base, points: found?.features ?? [], colours: COLOURS[dark.matches ? "dark" : "light"], english });
    };
    await look();
    box.classList.add("drawn");
    dark.addEventListener("change", look);
    box.addEventListener("hues:reload", look);
    waiting(box);
  } catch (error) {
    failed(box, error);
  }
}

/** Let the drawing become a map as soon as somebody reaches for it; a finger that only scrolls past does not. */
function waiting(box) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-secondary btn-s map-wake", textContent: say("Phóng to, di chuyển", "Zoom and move") });
  const wake = async event => {
    if (event.type === "pointerenter" && event.pointerType !== "mouse") return;
    ["click", "pointerenter"].forEach(name => box.removeEventListener(name, wake));
    const asked = document.activeElement === button;
    button.remove();
    await build(box);
    if (asked) box.querySelector("canvas")?.focus();
  };
  ["click", "pointerenter"].forEach(name => box.addEventListener(name, wake));
  box.append(button);
}

/** Say that there is no map; where a drawing stands, it stays, and may be reached for again. */
function failed(box, error) {
  library = undefined;
  box.classList.remove("loading");
  box.querySelector(".map-holder")?.remove();
  if (box.classList.contains("drawn")) waiting(box);
  else box.classList.add("failed");
  console.warn(error);
}

async function build(box) {
  box.classList.add("loading");
  try {
    const [maplibre, base] = await Promise.all([load(box.dataset.css), baseOf(box)]);
    const map = await stand(box, maplibre, base);
    if (box.hasAttribute("data-pick")) picking(box, map);
    else if (box.hasAttribute("data-pin")) pinned(box, map, maplibre);
    if (box.dataset.points) following(box, map, maplibre);
    box.stands = { map, maplibre };
    box.dispatchEvent(new CustomEvent("hues:map", { bubbles: true, detail: box.stands }));
  } catch (error) {
    if (!box.dataset.tiles) return failed(box, error);
    // The operator's base can't be had: the sketch needs nothing but us.
    delete box.dataset.tiles;
    box.querySelector(".map-holder")?.remove();
    console.warn(error);
    await build(box);
  }
}

/** The city's sketch as a style; an online base (a style, or tiles) takes its place where the operator names one. */
function style(box, base) {
  const tiles = box.dataset.tiles;
  if (tiles && !tiles.includes("{z}")) return tiles;
  const c = COLOURS[dark.matches ? "dark" : "light"], of = name => ["==", ["get", "layer"], name], font = ["Be Vietnam Pro"];
  const name = ["coalesce", ["get", english ? "en" : "vi"], ["get", "vi"], ""];
  const wide = (near, far) => ["interpolate", ["exponential", 1.5], ["zoom"], 9, far, 16, near];
  const text = (id, filter, minzoom, size, color) => ({ id, type: "symbol", source: "base", filter, minzoom,
    layout: { "text-field": name, "text-font": font, "text-size": size, "text-max-width": 7, "text-padding": 6 },
    paint: { "text-color": color, "text-halo-color": c.halo, "text-halo-width": 1.6 } });
  return { version: 8, sources: { base: { type: "geojson", data: base }, ...(tiles && { tiles: { type: "raster", tiles: [tiles], tileSize: 256, attribution: box.dataset.credit ?? "" } }) },
    layers: tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : [
      { id: "sea", type: "background", paint: { "background-color": c.sea } },
      { id: "beyond", type: "fill", source: "base", filter: of("beyond"), paint: { "fill-color": c.beyond } },
      { id: "land", type: "fill", source: "base", filter: of("land"), paint: { "fill-color": c.land } },
      { id: "water", type: "fill", source: "base", filter: of("water"), paint: { "fill-color": c.water } },
      { id: "river", type: "line", source: "base", filter: of("river"), layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c.river, "line-width": wide(44, 2) } },
      { id: "edge", type: "line", source: "base", filter: of("boundary"), paint: { "line-color": c.edge, "line-width": wide(2.4, .7), "line-dasharray": [3, 2] } },
      text("places", ["all", of("place"), ["!=", ["get", "kind"], "town"]], 12.5, 12, c.place),
      text("wards", of("ward"), 9.6, 12.5, c.label),
    ] };
}

function stand(box, maplibre, base) {
  const [west, south, east, north] = box.dataset.bounds.split(",").map(Number), margin = .12;
  const holder = Object.assign(document.createElement("div"), { className: "map-holder" });
  box.prepend(holder);
  const map = new maplibre.Map({
    container: holder, style: style(box, base), attributionControl: false, minZoom: 8, maxZoom: 18, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    maxBounds: [[west - margin, south - margin], [east + margin, north + margin]], renderWorldCopies: false, cooperativeGestures: false,
    center: [Number(box.dataset.lng ?? (west + east) / 2), Number(box.dataset.lat ?? (south + north) / 2)], zoom: nearOf(box, Number(box.dataset.zoom ?? 11)),
    locale: { "Map.Title": box.dataset.label, "NavigationControl.ZoomIn": say("Phóng to", "Zoom in"), "NavigationControl.ZoomOut": say("Thu nhỏ", "Zoom out"),
      "GeolocateControl.FindMyLocation": say("Vị trí của tôi", "Where I am"), "GeolocateControl.LocationNotAvailable": say("Không xác định được vị trí", "Position unknown"),
      "Popup.Close": say("Đóng", "Close"), "Marker.Title": say("Vị trí", "Place") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  if (navigator.geolocation) map.addControl(new maplibre.GeolocateControl({ positionOptions: { enableHighAccuracy: true } }), "top-right");
  // The control names its button only after it has asked for the permission, which can take a while.
  holder.querySelector(".maplibregl-ctrl-geolocate")?.setAttribute("aria-label", say("Vị trí của tôi", "Where I am"));
  if (box.dataset.tiles) map.addControl(new maplibre.AttributionControl({ compact: true }));
  dark.addEventListener("change", () => map.setStyle(style(box, base)));
  box.addEventListener("hues:goto", ({ detail }) => map.easeTo({ center: [detail.lng, detail.lat], zoom: Math.max(map.getZoom(), nearOf(box, detail.zoom ?? 16)) }, { told: true }));
  return new Promise((done, fail) => { map.once("load", () => { box.classList.remove("loading"); box.classList.add("ready"); done(map); }); map.once("error", event => fail(event.error)); });
}

const PIN = '<svg viewBox="0 0 36 44" aria-hidden="true"><path d="M18 43C10 32 4 25.500 4 17.500a14 14 0 0 1 28 0C32 25.500 26 32 18 43z" fill="currentColor" stroke="#fff" stroke-width="2"/><circle cx="18" cy="17.500" r="5.500" fill="#fff"/></svg>'.replaceAll(".500", ".5");
const pin = () => { const mark = document.createElement("span"); mark.className = "pin"; mark.innerHTML = PIN; return mark; };

function pinned(box, map, maplibre) {
  const near = box.hasAttribute("data-near"), ring = () => Object.assign(document.createElement("span"), { className: "pin-near" });
  new maplibre.Marker({ element: near ? ring() : pin(), anchor: near ? "center" : "bottom" }).setLngLat([Number(box.dataset.lng), Number(box.dataset.lat)]).addTo(map);
}

/** The pin stays in the middle and the map moves below it: by finger, by mouse, by a tap, by the arrow keys. */
function picking(box, map) {
  const mark = pin(), form = box.closest("form");
  mark.classList.add("pin-middle");
  if (!box.hasAttribute("data-pin")) mark.classList.add("pin-waiting");
  box.append(mark);
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-label", say("Bản đồ: di chuyển để đặt ghim vào đúng chỗ, phím mũi tên cũng được, Enter để chọn", "Map: move it until the pin is at the place; arrow keys work too, Enter chooses"));
  map.on("click", event => map.easeTo({ center: event.lngLat, zoom: Math.max(map.getZoom(), nearOf(box, 15)) }, { chosen: true }));
  canvas.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); map.panBy([0, 0], { duration: 0 }, { chosen: true }); } });
  map.on("movestart", event => { if (event.originalEvent) mark.classList.add("pin-lifted"); });
  map.on("moveend", event => {
    mark.classList.remove("pin-lifted");
    if (!event.originalEvent && !event.chosen && !event.told) return;
    mark.classList.remove("pin-waiting");
    const { lat, lng } = map.getCenter();
    for (const [field, value] of [["lat", lat], ["lng", lng]]) if (form?.elements[field]) form.elements[field].value = value.toFixed(6);
    if (!event.told && form?.elements.source) form.elements.source.value = "map";
    box.dispatchEvent(new CustomEvent("hues:picked", { bubbles: true, detail: { lat, lng, told: Boolean(event.told) } }));
  });
}

/** What is where: counts from afar, single things near, always only what is in view. */
function following(box, map, maplibre) {
  const empty = { type: "FeatureCollection", features: [] };
  let latest = empty, asking;
  const draw = () => {
    if (map.getSource("points")) return;
    const c = COLOURS[dark.matches ? "dark" : "light"], many = [">", ["coalesce", ["get", "count"], 1], 1];
    map.addSource("points", { type: "geojson", data: latest });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: {
      "circle-color": c.mark, "circle-opacity": ["case", many, .86, ["to-boolean", ["get", "near"]], .15, 1], "circle-stroke-color": ["case", ["to-boolean", ["get", "near"]], c.mark, c.on], "circle-stroke-width": ["case", many, 1, 2],
      "circle-radius": ["interpolate", ["linear"], ["ln", ["coalesce", ["get", "count"], 1]], 0, 8, 2, 13, 5, 20, 9, 32] } });
    map.addLayer({ id: "counts", type: "symbol", source: "points", filter: many, layout: { "text-field": ["number-format", ["get", "count"], { locale: english ? "en" : "vi" }], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": c.on } });
  };
  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const b = map.getBounds();
    try {
      const found = await pointsOf(box, [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], map.getZoom(), asking.signal);
      if (!found) return;
      latest = found;
      draw();
      map.getSource("points").setData(latest);
    } catch { /* moved on, or no network: what is drawn stays */ }
  };
  map.on("styledata", () => { if (map.isStyleLoaded()) draw(); });
  map.on("moveend", look);
  map.on("mouseenter", "points", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "points", () => { map.getCanvas().style.cursor = ""; });
  map.on("click", "points", event => {
    const { properties, geometry } = event.features[0];
    if ((properties.count ?? 1) > 1) map.easeTo({ center: geometry.coordinates, zoom: Math.min(map.getZoom() + 2, 17) });
    else popup(map, maplibre, geometry.coordinates, properties);
  });
  box.addEventListener("hues:reload", look);
  draw();
  look();
}

function popup(map, maplibre, where, { title = "", text = "", href = "", number = "" }) {
  const card = document.createElement("div"), link = document.createElement(href ? "a" : "span");
  link.className = "strong";
  link.textContent = title || number;
  if (href) link.href = href;
  card.append(link);
  if (text) card.append(Object.assign(document.createElement("p"), { className: "small muted", textContent: text }));
  new maplibre.Popup({ maxWidth: "16rem", offset: 10 }).setLngLat(where).setDOMContent(card).addTo(map);
}
