// Elsewhere than on its own page: a line that says what waits in this browser, and the attempt to send it.
await import("../vendor/idb.js");
await import("./outbox.js");

const words = document.documentElement.lang === "en"
  ? { one: "1 report is waiting to be sent", more: "{n} reports are waiting to be sent", held: "Something needs you before it can be sent", open: "It is kept on this phone." }
  : { one: "1 phản ánh đang chờ gửi", more: "{n} phản ánh đang chờ gửi", held: "Có phản ánh cần bạn xem lại trước khi gửi", open: "Vẫn còn trong máy này." };
const HELD = ["unsigned", "other", "old", "refused"];
let line = null;

async function show() {
  const left = (await outbox.all()).filter(entry => entry.state !== "sent");
  line?.remove();
  line = null;
  try { left.length ? localStorage.setItem("outbox", left.length) : localStorage.removeItem("outbox"); } catch { /* no matter */ }
  if (!left.length || left[0].home === location.pathname) return;
  line = Object.assign(document.createElement("a"), { className: "banner wait", href: left[0].home });
  const said = document.createElement("span"), title = document.createElement("span");
  said.className = "grow";
  title.className = "banner-title";
  title.textContent = left.some(entry => HELD.includes(entry.state)) ? words.held : (left.length === 1 ? words.one : words.more).replace("{n}", left.length);
  said.append(title, words.open);
  line.append(said);
  document.querySelector("header.top")?.after(line);
}

outbox.listen(show);
addEventListener("online", () => outbox.send());
show();
outbox.send();
