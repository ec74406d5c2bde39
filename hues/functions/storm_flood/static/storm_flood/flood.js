// The list narrows while one types, without a network too; ages stay true on a page that was kept.
const english = document.documentElement.lang === "en";
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
const words = document.getElementById("q"), kind = document.getElementById("kind"), none = document.querySelector("[data-none]");

function narrow() {
  const parts = fold(words.value).split(/\s+/);
  let shown = 0;
  for (const group of document.querySelectorAll("[data-group]")) {
    let here = 0;
    for (const place of group.querySelectorAll("[data-folded]")) {
      place.hidden = !(parts.every(part => place.dataset.folded.includes(part)) && (!kind.value || kind.value === place.dataset.kind));
      here += !place.hidden;
    }
    group.hidden = !here;
    group.open = Boolean(words.value.trim() || kind.value);
    shown += here;
  }
  none.hidden = shown > 0;
}
if (!words.value && !kind.value) {
  words.addEventListener("input", narrow);
  kind.addEventListener("change", narrow);
  words.form.addEventListener("submit", event => {
    event.preventDefault();
    narrow();
    document.querySelector(".place-list").scrollIntoView({ block: "start" });
  });
}

const STALE = 6 * 3600, STAYS_RED = 24 * 3600;
const said = seconds => {
  const [n, vi, one, many] = seconds < 3600 ? [Math.max(1, Math.floor(seconds / 60)), "phút", "minute", "minutes"]
    : seconds < 86400 ? [Math.floor(seconds / 3600), "giờ", "hour", "hours"] : [Math.floor(seconds / 86400), "ngày", "day", "days"];
  return english ? `measured ${n} ${n === 1 ? one : many} ago` : `đo cách đây ${n} ${vi}`;
};
function age() {
  for (const box of document.querySelectorAll("[data-age]")) {
    const seconds = (Date.now() - Date.parse(box.dataset.age)) / 1000;
    box.textContent = said(seconds);
    if (seconds > STALE) {
      const card = box.closest(".river");
      card.querySelector("[data-stale-mark]").hidden = false;
      const gone = ["good", "wait", ...(seconds > STAYS_RED ? ["bad"] : [])];
      card.classList.remove(...gone);
      card.querySelectorAll(".chip:not([data-stale-mark])").forEach(chip => chip.classList.remove(...gone));
    }
  }
}
age();
setInterval(age, 60000);
