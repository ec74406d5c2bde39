// How many messages wait, on a page that does not say so itself: what was said last at once, then what holds now.
export async function ask(prepare) {
  const badge = document.querySelector('[data-badge="inbox"]');
  if (!badge) return;
  badge.textContent = localStorage.getItem("inbox");
  if (!navigator.onLine) return;
  const box = document.createElement("div"), front = document.documentElement.lang === "en" ? "/en" : "";
  try {
    const answer = await fetch(`${front}/me/unread`, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) box.innerHTML = await answer.text();
  } catch { /* no network: what was said last stays */ }
  prepare(box);
}
