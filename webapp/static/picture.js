"use strict";
// A large picture can be enlarged and moved: by buttons, by + - 0 when it has focus, by dragging. Arrows scroll it.
for (const box of document.querySelectorAll("[data-picture]")) {
  const svg = box.querySelector("svg");
  const whole = svg.getBoundingClientRect().width;
  let size = 1;

  const zoom = factor => {
    const before = size;
    size = factor ? Math.min(6, Math.max(.5, size * factor)) : 1;
    const grown = size / before;
    const middle = [box.scrollLeft + box.clientWidth / 2, box.scrollTop + box.clientHeight / 2];
    svg.style.maxWidth = svg.style.minWidth = size === 1 ? "" : "none";
    box.classList.toggle("zoomed", size !== 1);
    svg.style.width = size === 1 ? "" : `${whole * size}px`;
    box.scrollLeft = middle[0] * grown - box.clientWidth / 2;
    box.scrollTop = middle[1] * grown - box.clientHeight / 2;
  };
  const ways = { in: () => zoom(1.25), out: () => zoom(.8), fit: () => zoom(0) };
  const keys = { "+": "in", "-": "out", "0": "fit" };

  const tools = document.getElementById("bildknappar").content.cloneNode(true);
  for (const button of tools.querySelectorAll("button")) button.addEventListener("click", ways[button.dataset.do]);
  box.before(tools);
  box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  box.scrollTop = (box.scrollHeight - box.clientHeight) / 2;
  box.addEventListener("keydown", event => {
    const way = keys[event.key];
    if (!way || event.target !== box || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    ways[way]();
  });

  let from = null;
  box.addEventListener("pointerdown", event => {
    if (event.pointerType !== "mouse" || event.button || event.target.closest("a")) return;
    from = [event.clientX + box.scrollLeft, event.clientY + box.scrollTop];
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", event => {
    if (!from) return;
    box.scrollLeft = from[0] - event.clientX;
    box.scrollTop = from[1] - event.clientY;
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => { from = null; });
}
