"use strict";
// Only improves: the section on the clipboard, as a word processor wants it, with its figures inside, or as plain text.
for (const tools of document.querySelectorAll("[data-copies]")) {
  const section = document.getElementById(tools.dataset.copies);
  if (!navigator.clipboard || !window.ClipboardItem) break;
  tools.hidden = false;

  const inside = async (address) => {
    const answer = await fetch(address.replace(/\.svg(?=$|\?)/, ".png"));
    if (!answer.ok) return address;
    const data = await answer.blob();
    return new Promise(done => {
      const reader = new FileReader();
      reader.addEventListener("load", () => done(reader.result));
      reader.readAsDataURL(data);
    });
  };
  const html = async () => {
    const copy = section.cloneNode(true);
    const pictures = [...copy.querySelectorAll("img")];
    await Promise.all(pictures.map(async one => { one.src = await inside(one.src); one.removeAttribute("loading"); }));
    return copy.innerHTML;
  };
  const plain = async () => section.innerText;
  const blob = async (text, type) => new Blob([await text], { type });

  for (const button of tools.querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      const item = { "text/plain": blob(plain(), "text/plain") };
      if (button.dataset.as === "html") item["text/html"] = blob(html(), "text/html");
      button.disabled = true;
      try {
        await navigator.clipboard.write([new ClipboardItem(item)]);
        button.setAttribute("aria-live", "polite");
        button.textContent = button.dataset.done;
      } finally {
        button.disabled = false;
      }
    });
  }
}
