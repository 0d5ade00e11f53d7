"use strict";
// Only improves: a button that copies the permanent link, and shortcuts that a reader can turn off (WCAG 2.1.4).
{
  const OFF = "modulkarta-genvagar-av";
  const kept = (() => { try { return window.localStorage; } catch { return null; } })();
  const off = () => kept !== null && kept.getItem(OFF) === "1";

  for (const button of document.querySelectorAll("button.copy")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.closest("p").querySelector("a").href);
      button.setAttribute("aria-live", "polite");
      button.textContent = button.dataset.done;
    });
  }

  const setting = document.querySelector("#genvagar");
  if (setting && kept) {
    setting.disabled = false;
    setting.checked = !off();
    setting.addEventListener("change", () => {
      if (setting.checked) kept.removeItem(OFF); else kept.setItem(OFF, "1");
    });
  }

  const WAIT = 1500; // milliseconds from g to the next key
  let begun = 0;
  const go = (key) => {
    const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (link) window.location.assign(link.href);
    return Boolean(link);
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (at.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const after = Date.now() - begun < WAIT;
    begun = 0;
    const search = document.querySelector("header.site input[type=search]");
    if (after && /^[a-z]$/.test(event.key)) { if (go(event.key)) event.preventDefault(); }
    else if (event.key === "g") begun = Date.now();
    else if (event.key === "?") { if (go("?")) event.preventDefault(); }
    else if (event.key === "/" && search) {
      event.preventDefault();
      search.closest("details").open = true; // folded on a phone
      search.focus();
      search.select();
    }
  });
}
