"use strict";
// What a term means, beside it: on hover and on focus. Esc closes it, and the pointer may go into it.
{
  let shown = null;
  let closing = 0;

  const cardOf = link => document.getElementById(link.getAttribute("aria-describedby"));

  const place = (link, card) => {
    const at = link.getClientRects()[0];
    const widest = document.documentElement.clientWidth - card.offsetWidth - 8;
    card.style.left = `${Math.max(8, Math.min(at.left, widest)) + window.scrollX}px`;
    card.style.top = `${at.bottom + window.scrollY}px`;
  };

  const close = () => {
    clearTimeout(closing);
    if (shown) shown.hidden = true;
    shown = null;
  };

  const open = link => {
    const card = cardOf(link);
    clearTimeout(closing);
    if (!card || card === shown) return;
    close();
    card.hidden = false;
    place(link, card);
    shown = card;
  };

  const closeSoon = () => {
    clearTimeout(closing);
    closing = setTimeout(close, 300);
  };

  for (const link of document.querySelectorAll("a.term")) {
    link.addEventListener("pointerenter", event => event.pointerType === "touch" || open(link));
    link.addEventListener("pointerleave", closeSoon);
    link.addEventListener("focus", () => open(link));
    link.addEventListener("blur", closeSoon);
  }
  for (const card of document.querySelectorAll(".card")) {
    card.addEventListener("pointerenter", () => clearTimeout(closing));
    card.addEventListener("pointerleave", closeSoon);
  }
  document.addEventListener("keydown", event => event.key === "Escape" && close());
}
