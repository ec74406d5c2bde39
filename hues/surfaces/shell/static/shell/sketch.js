// The city as a drawing: what a map shows until somebody touches it, at a fortieth of MapLibre's weight.
//
// Same projection, colours and places as the map that takes over, so that nothing jumps when it does.
const TILE = 512, NS = "http://www.w3.org/2000/svg", FONT = 12.5;
export const COLOURS = {
  light: { sea: "#cfe3ec", land: "#f7f3ea", beyond: "#e9e4da", water: "#c3dde9", river: "#a9cfe1", edge: "#bfaecb", label: "#5b5059", place: "#6d5a3a", halo: "#fdfbf6", mark: "#6b2d8c", on: "#ffffff" },
  dark: { sea: "#101d25", land: "#262024", beyond: "#1a1518", water: "#152833", river: "#27485a", edge: "#5d4a6b", label: "#c4b7bf", place: "#d5bf8e", halo: "#1a1518", mark: "#c79be0", on: "#2a1238" },
};
const STEPS = [[0, 8], [2, 13], [5, 20], [9, 32]];  // radius of a cluster by the logarithm of its count

const SKETCHED = 13.5;  // nearer than this the sketch has neither a border, the river nor a name in view: it looks empty

/** The zoom at which a box shows a place: as near as asked on tiles, on the sketch as near as there is something to see. */
export const nearOf = (box, zoom) => box.dataset.tiles ? zoom : Math.min(zoom, SKETCHED);

/** Draw the city into `box`, with the features of `points` where they are. */
export function draw(box, { base, points, colours, english }) {
  const view = viewOf(box), svg = make("svg", { class: "map-sketch", viewBox: `${-view.w / 2} ${-view.h / 2} ${view.w} ${view.h}`, preserveAspectRatio: "xMidYMid slice", role: "img", "aria-label": box.dataset.label });
  svg.append(make("rect", { x: -5000, y: -5000, width: 10000, height: 10000, fill: colours.sea }));
  const of = name => base.features.filter(one => one.properties.layer === name), zoomed = 1.5 ** (view.zoom - 9) - 1;
  for (const name of ["beyond", "land", "water"]) svg.append(make("path", { d: lines(of(name), view), fill: colours[name], "fill-rule": "evenodd" }));
  svg.append(make("path", { d: lines(of("river"), view), fill: "none", stroke: colours.river, "stroke-width": 2 + zoomed * 42 / (1.5 ** 7 - 1), "stroke-linecap": "round", "stroke-linejoin": "round" }));
  svg.append(make("path", { d: lines(of("boundary"), view), fill: "none", stroke: colours.edge, "stroke-width": .7 + zoomed * 1.7 / (1.5 ** 7 - 1), "stroke-dasharray": "3 2" }));
  const taken = points.map(({ geometry, properties }) => spot(svg, view.at(geometry.coordinates), properties.count ?? 1, colours, english));
  if (view.zoom > 9.6) names(svg, of("ward"), { view, taken, colours, english });
  if (box.hasAttribute("data-near")) svg.append(make("circle", { class: "near-drawn", r: 36, fill: colours.mark, "fill-opacity": .14, stroke: colours.mark, "stroke-width": 2, "stroke-dasharray": "6 4" }));
  else if (box.hasAttribute("data-pin")) svg.append(make("path", { class: "pin-drawn", d: "M0 0C-8-11-14-17.500-14-25.500a14 14 0 0 1 28 0C14-17.500 8-11 0 0z".replaceAll(".500", ".5"), fill: colours.mark, stroke: "#fff", "stroke-width": 2 }), make("circle", { cy: -25.5, r: 5.5, fill: "#fff" }));
  box.querySelector(".map-sketch")?.remove();
  box.prepend(svg);
}

/** What MapLibre would show of the box: its zoom and size, from degrees to pixels around its middle, and its bounds. */
export function viewOf(box) {
  const [west, south, east, north] = box.dataset.bounds.split(",").map(Number);
  const lng = Number(box.dataset.lng ?? (west + east) / 2), lat = Number(box.dataset.lat ?? (south + north) / 2), zoom = nearOf(box, Number(box.dataset.zoom ?? 11));
  const world = TILE * 2 ** zoom, w = box.clientWidth || 600, h = box.clientHeight || 400;
  const down = lat => (1 - Math.asinh(Math.tan(lat * Math.PI / 180)) / Math.PI) / 2 * world, across = lng => (lng + 180) / 360 * world;
  const up = y => Math.atan(Math.sinh(Math.PI * (1 - 2 * (down(lat) + y) / world))) * 180 / Math.PI, over = x => lng + x / world * 360;
  return { zoom, w, h, at: ([x, y]) => [across(x) - across(lng), down(y) - down(lat)], bounds: [over(-w / 2), up(h / 2), over(w / 2), up(-h / 2)] };
}

function lines(features, view) {
  const rings = ({ type, coordinates: c }) => type === "Polygon" || type === "MultiLineString" ? c : type === "MultiPolygon" ? c.flat() : [c];
  return features.flatMap(({ geometry }) => rings(geometry).map(ring => {
    const line = "M" + ring.map(point => view.at(point).map(n => n.toFixed(1)).join(" ")).join("L");
    return geometry.type.endsWith("Polygon") ? line + "Z" : line;
  })).join("");
}

/** Write the wards' names where nothing else is `taken` ({x, y, half width, half height}), or a little below or above. */
function names(svg, wards, { view, taken, colours, english }) {
  const free = one => taken.every(other => Math.abs(one.x - other.x) > one.wide + other.wide + 3 || Math.abs(one.y - other.y) > one.high + other.high);
  for (const { geometry, properties } of wards) {
    const [x, y] = view.at(geometry.coordinates), said = english && properties.en || properties.vi || "", size = { wide: said.length * FONT * .29, high: FONT * .55 };
    const place = [0, 20, -20, 32, -32].map(off => ({ x, y: y + off, ...size })).find(free);
    if (!place) continue;
    taken.push(place);
    svg.append(make("text", { x, y: place.y + 4, fill: colours.label, stroke: colours.halo, "stroke-width": 3, "paint-order": "stroke", "text-anchor": "middle", "font-size": FONT }, said));
  }
}

function spot(svg, [x, y], count, colours, english) {
  const many = Math.log(count), next = STEPS.findIndex(([n]) => many < n), [[a, from], [b, to]] = next < 1 ? [STEPS.at(-2), STEPS.at(-1)] : [STEPS[next - 1], STEPS[next]];
  const r = from + (to - from) * Math.min(1, (many - a) / (b - a));
  svg.append(make("circle", { cx: x, cy: y, r, fill: colours.mark, "fill-opacity": count > 1 ? .86 : 1, stroke: colours.on, "stroke-width": count > 1 ? 1 : 2 }));
  if (count > 1) svg.append(make("text", { x, y: y + 4.5, fill: colours.on, "text-anchor": "middle", "font-size": 13 }, count.toLocaleString(english ? "en" : "vi")));
  return { x, y, wide: r, high: r };
}

function make(name, given, words) {
  const part = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(given)) part.setAttribute(key, value);
  if (words) part.textContent = words;
  return part;
}
