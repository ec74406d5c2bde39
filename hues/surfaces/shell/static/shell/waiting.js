// Elsewhere than on its own page: a line that says what waits in this browser, and the attempt to send it.
await import("../vendor/idb.js");
await import("./outbox.js");

const words = document.documentElement.lang === "en"
  ? { one: "1 message to the city is waiting to be sent", more: "{n} messages to the city are waiting to be sent", held: "Something needs you before it can be sent", open: "It is kept on this phone.", sent: "Your call for rescue has been sent", follow: "Follow it: {n}" }
  : { one: "1 tin gửi thành phố đang chờ gửi", more: "{n} tin gửi thành phố đang chờ gửi", held: "Có tin cần bạn xem lại trước khi gửi", open: "Vẫn còn trong máy này.", sent: "Lời gọi cứu hộ đã được gửi", follow: "Theo dõi: {n}" };
const HELD = ["unsigned", "other", "old", "refused"];
let line = null;
const plain = path => path.replace(/^\/en(?=\/)/, "");

function draw({ href, tone, title, text }) {
  line = Object.assign(document.createElement("a"), { className: `banner ${tone}`, href });
  const said = Object.assign(document.createElement("span"), { className: "grow" });
  said.append(Object.assign(document.createElement("span"), { className: "banner-title", textContent: title }), text);
  line.append(said);
  document.querySelector("header.top")?.after(line);
}
async function show() {
  const entries = await outbox.all(), left = entries.filter(entry => entry.state !== "sent");
  const call = entries.find(entry => entry.state === "sent" && entry.open);  // its code is known from here only
  if (call?.link === location.pathname) return outbox.drop(call.key);
  line?.remove();
  line = null;
  try { left.length || call ? localStorage.setItem("outbox", left.length) : localStorage.removeItem("outbox"); } catch { /* no matter */ }
  if (call) draw({ href: call.link, tone: "good", title: words.sent, text: words.follow.replace("{n}", call.number) });
  else if (left.length && plain(left[0].home) !== plain(location.pathname)) {
    const title = left.some(entry => HELD.includes(entry.state)) ? words.held : (left.length === 1 ? words.one : words.more).replace("{n}", left.length);
    draw({ href: left[0].home, tone: "wait", title, text: words.open });
  }
}

outbox.listen(show);
addEventListener("online", () => outbox.send());
show();
outbox.send();
