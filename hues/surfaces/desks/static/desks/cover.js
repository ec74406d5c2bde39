// Draw boxes on a picture with a finger, a mouse or the keyboard; the rows of numbers below are what is sent.
const form = document.querySelector("form[data-cover]");
if (form) {
  const stage = form.querySelector(".cover-stage"), list = form.querySelector(".cover-numbers ol");
  const empty = [...list.children].at(-1).cloneNode(true), sides = ["left", "top", "width", "height"];
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const field = (row, side) => row.querySelector(`[name=${side}]`);
  const read = row => Object.fromEntries(sides.map(side => [side, parseFloat(field(row, side).value)]));
  const whole = box => sides.every(side => Number.isFinite(box[side])) && box.width > 0 && box.height > 0;
  const boxes = new Map();
  empty.querySelectorAll("input").forEach(input => { input.value = ""; input.removeAttribute("value"); });
  form.querySelector("details").open = false;

  /** Write a box into its row, inside the picture, and draw it. */
  function put(row, box) {
    const width = clamp(box.width, 1, 100), height = clamp(box.height, 1, 100);
    const kept = { left: clamp(box.left, 0, 100 - width), top: clamp(box.top, 0, 100 - height), width, height };
    for (const side of sides) field(row, side).value = Math.round(kept[side] * 10) / 10;
    draw(row);
  }
  function draw(row) {
    const box = read(row);
    if (!whole(box)) { boxes.get(row)?.remove(); boxes.delete(row); return number(); }
    if (!boxes.has(row)) boxes.set(row, made(row));
    for (const side of sides) boxes.get(row).style[side] = `${box[side]}%`;
    return number();
  }
  function number() {
    [...boxes.values()].forEach((box, n) => box.setAttribute("aria-label", stage.dataset.box.replace("%(n)s", n + 1)));
  }
  function drop(row) {
    boxes.get(row)?.remove();
    boxes.delete(row);
    row.remove();
    number();
    form.querySelector("[data-add]").focus();
  }
  function made(row) {
    const box = document.createElement("div"), cross = document.createElement("button");
    box.className = "cover-box";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    Object.assign(cross, { type: "button", className: "cover-drop", textContent: "×", ariaLabel: stage.dataset.drop });
    cross.addEventListener("click", () => drop(row));
    box.append(cross, Object.assign(document.createElement("span"), { className: "cover-grip" }));
    box.addEventListener("keydown", event => keys(event, row));
    stage.append(box);
    return box;
  }
  function add(box) {
    const row = [...list.children].find(each => !whole(read(each)) && !boxes.has(each)) ?? list.appendChild(empty.cloneNode(true));
    put(row, box);
    return row;
  }
  function keys(event, row) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key], box = read(row);
    if (event.target !== boxes.get(row)) return;
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); drop(row); return; }
    if (!steps) return;
    event.preventDefault();
    const [right, down] = steps;
    put(row, event.shiftKey ? { ...box, width: box.width + right, height: box.height + down } : { ...box, left: box.left + right, top: box.top + down });
  }

  const at = event => {
    const area = stage.getBoundingClientRect();
    return { x: clamp((event.clientX - area.left) / area.width * 100, 0, 100), y: clamp((event.clientY - area.top) / area.height * 100, 0, 100) };
  };
  stage.addEventListener("pointerdown", event => {
    if (event.button !== 0 || event.target.closest(".cover-drop")) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const begun = at(event), touched = event.target.closest(".cover-box");
    const known = [...boxes].find(([, box]) => box === touched)?.[0], grip = event.target.closest(".cover-grip");
    const before = known ? read(known) : null;
    let row = known;
    const moved = next => {
      const { x, y } = at(next);
      if (before && grip) return put(row, { ...before, width: before.width + x - begun.x, height: before.height + y - begun.y });
      if (before) return put(row, { ...before, left: before.left + x - begun.x, top: before.top + y - begun.y });
      const box = { left: Math.min(x, begun.x), top: Math.min(y, begun.y), width: Math.abs(x - begun.x), height: Math.abs(y - begun.y) };
      // A tap draws nothing; a box has begun once the finger went somewhere.
      if (row) return put(row, box);
      if (box.width > 1 && box.height > 1) row = add(box);
    };
    const ended = () => { stage.removeEventListener("pointermove", moved); if (row) boxes.get(row)?.focus(); };
    stage.addEventListener("pointermove", moved);
    stage.addEventListener("lostpointercapture", ended, { once: true });
  });
  list.addEventListener("input", event => draw(event.target.closest("li")));
  form.querySelector("[data-add]").addEventListener("click", () => boxes.get(add({ left: 35, top: 35, width: 30, height: 30 })).focus());
  [...list.children].forEach(draw);
}
