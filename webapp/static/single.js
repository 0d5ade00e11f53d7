"use strict";
// All pages in one file: what stands after # says which page is shown, and after another # where on it.
// `parts` has the scripts of the pages by name; what they listen to on the whole document ends with their page.
(() => {
  const register = JSON.parse(document.getElementById("register").textContent);
  const packed = [...document.querySelectorAll("script[data-bundle]")].map((one) => one.textContent);
  const listen = document.addEventListener;
  const opened = new Map();
  const scrolled = new Map();
  let leaving = new AbortController();
  let asked = 0;
  let visits = 0;
  let visit = 0;
  let shown = "";

  const unpacked = async (text) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };
  const entry = async (name) => {
    const [bundle, at] = register.places[name];
    if (!opened.has(bundle)) opened.set(bundle, unpacked(packed[bundle]));
    return (await opened.get(bundle))[at];
  };

  const address = () => {
    const [, path = "", query = "", place] = /^(?:#\/([^?#]*)(\?[^#]*)?)?#?(.*)$/.exec(location.hash);
    const page = path.replace(/\/(index\.html)?$/, "");
    const known = register.moved[page] ?? page;
    return { page: Object.hasOwn(register.places, known) ? known : register.lost, query, place };
  };
  window.onlyFile = {
    asked: () => address().query,
    page: (path) => `#/${path}`,
    search: (asks) => `#/sok?${asks}`,
    here: (asks) => `#/sok?${asks}`,
  };

  const run = (names) => {
    leaving.abort();
    leaving = new AbortController();
    document.addEventListener = (type, then) => listen.call(document, type, then, { signal: leaving.signal });
    try {
      names.forEach((name) => parts[name]());
    } finally {
      delete document.addEventListener;
    }
  };

  const picture = async (one) => {
    one.src = `data:image/svg+xml,${encodeURIComponent(await entry(one.dataset.src))}`;
  };
  const fetched = async (page) => {
    const [title, scripts, text] = await entry(page);
    const made = new DOMParser().parseFromString(text, "text/html").body;
    await Promise.all([...made.querySelectorAll("img[data-src]")].map(picture));
    if (scripts.includes(register.index)) window.searchIndex = await entry(register.index);
    return { title, scripts, content: [...made.childNodes] };
  };

  // A reader of the screen is told of the new page as a browser would: its title, and focus on its heading.
  const focus = (place, down) => {
    const target = place ? document.getElementById(decodeURIComponent(place)) : null;
    const goal = target ?? document.querySelector("h1") ?? document.querySelector("main");
    if (goal.tabIndex < 0) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    if (!target) return window.scrollTo(0, down);
    const folded = target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView();
  };

  const show = async () => {
    const mine = ++asked;
    const { page, query, place } = address();
    if (shown !== page + query) {
      const { title, scripts, content } = await fetched(page);
      if (mine !== asked) return;
      document.title = title;
      document.body.replaceChildren(...content);
      shown = page + query;
      run(scripts.filter((name) => name in parts));
    }
    focus(place, scrolled.get(visit) ?? 0);
  };
  // Which visit this is of all: the way back leads to where on the page the reader was.
  const enter = () => {
    scrolled.set(visit, window.scrollY);
    visit = history.state?.visit ?? 0;
    if (!visit) history.replaceState({ visit: (visit = ++visits) }, "");
    show();
  };

  if (!("DecompressionStream" in window)) {
    document.getElementById("gammal").hidden = false;
    return;
  }
  history.scrollRestoration = "manual";
  visits = history.state?.visit ?? 0;
  window.addEventListener("hashchange", enter);
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("form.search")) return;
    event.preventDefault();
    location.hash = `#/sok?${new URLSearchParams(new FormData(event.target))}`;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey) return;
    const to = link.getAttribute("href");
    if (to === location.hash) show();
    if (to.startsWith("#/")) return;
    event.preventDefault();
    focus(to.slice(1), 0);
  });
  run(register.start);
  if (location.hash) enter();
})();
