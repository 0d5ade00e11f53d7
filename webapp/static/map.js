"use strict";
// Search in the map while typing: the server answers, as it does without this; only outlines and the count change.
// Where pages are files and nothing answers, the names on the boxes are searched instead.
{
  const form = document.querySelector("form.seek");
  const field = form && form.elements.q;
  const told = document.getElementById("traffar");
  const marks = "[data-hit]";
  let waiting = 0;
  let asked = 0;

  const address = () => {
    const asks = new URLSearchParams(new FormData(form));
    [...asks].forEach(([name, value]) => value.trim() || asks.delete(name));
    return `${location.pathname}${String(asks) && "?"}${asks}`;
  };

  const show = answer => {
    document.querySelectorAll(".tile[id]").forEach(tile => {
      const now = answer.getElementById(tile.id);
      const mark = now && now.querySelector(marks);
      tile.classList.toggle("hit", Boolean(mark));
      tile.querySelectorAll(marks).forEach(old => old.remove());
      if (mark) tile.prepend(document.importNode(mark, true));
    });
    told.replaceChildren(...document.importNode(answer.getElementById("traffar"), true).childNodes);
  };

  const byName = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    document.querySelectorAll(".tile[id]").forEach(tile => {
      const name = tile.querySelector("a").textContent.toLowerCase();
      tile.classList.toggle("hit", words.length > 0 && words.every(word => name.includes(word)));
    });
  };

  const look = async () => {
    const mine = ++asked;
    const to = address();
    const reply = await fetch(to).catch(() => null);
    const text = reply && reply.ok ? await reply.text() : "";
    if (mine !== asked) return;
    const answer = new DOMParser().parseFromString(text, "text/html");
    const echoed = answer.querySelector("form.seek [name=q]");
    if (!echoed || echoed.getAttribute("value") !== field.value.trim().replace(/\s+/g, " ")) return byName();
    show(answer);
    history.replaceState(null, "", to);
  };

  if (field && told && document.querySelector(".band")) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 200);
    });
  }
}
