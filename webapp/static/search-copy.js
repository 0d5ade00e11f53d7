"use strict";
// The search page of a copy that no server answers for: as templates/search.html shows it, made in the browser.
{
  const OF_A_KIND = 5,
    ON_A_PAGE = 50,
    BEST = 3,
    WAIT = 150;
  const lang = document.documentElement.lang;
  const field = document.getElementById("sok"),
    before = document.getElementById("fore");
  const status = document.getElementById("antal"),
    list = document.getElementById("traffar");
  const said = new Map(
    [...document.getElementById("ord").content.querySelectorAll("[data-say]")].map((one) => [one.dataset.say, one]),
  );
  const search = window.searchHits(window.searchIndex);

  const element = (tag, parts = [], attributes = {}) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...[parts].flat().filter((part) => part !== ""));
    return made;
  };
  const quiet = (...parts) => element("span", parts, { class: "quiet" });
  const large = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

  // A sentence of the page with its values put in, and where its link leads.
  const say = (key, values = {}, address = "") => {
    const made = said.get(key).cloneNode(true),
      walk = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
    made.removeAttribute("data-say");
    while (walk.nextNode())
      walk.currentNode.data = walk.currentNode.data.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
    if (address) made.querySelector("a").href = address;
    return made;
  };

  const marked = (parts, own = "") => {
    const made = parts.map(([text, mark]) => (mark ? element("mark", text) : text));
    return own ? [element("span", made, { lang: own })] : made;
  };
  // How one page leads to another: as files beside each other, where not all pages are one file that says it itself.
  const ways = window.onlyFile ?? {
    asked: () => location.search,
    page: (path) => `../${path}/index.html`,
    search: (asks) => `?${asks}`,
    here: (asks) => `${location.pathname}?${asks}`,
  };
  const way = (entity) => ways.page(`${entity.kind.slug}/${entity.id}`);
  const page = (query, kind, first = 0) => {
    const asks = new URLSearchParams({ q: query }),
      number = Math.floor(first / ON_A_PAGE) + 1;
    if (kind) asks.set("typ", kind.slug);
    if (number > 1) asks.set("sida", number);
    return ways.search(asks);
  };

  const named = ({ entity, words }) => {
    const [name, own] = entity.name,
      swedish = search.pieces(entity.called || name, words);
    const beside = entity.called && entity.called !== name && swedish.some(([, mark]) => mark);
    return [
      element("a", marked(search.pieces(name, words), own), { href: way(entity) }),
      ...(entity.example ? [" ", say("example")] : []),
      ...(beside ? [" ", quiet("(", ...marked(swedish, "sv"), ")")] : []),
    ];
  };
  const because = (hit) => {
    const [, own] = hit.entity.summary,
      shown = [own || lang === "sv" ? "summary" : "summary:en", lang === "en" ? "translations" : ""];
    return search
      .reasons(hit)
      .filter(([, where]) => !where || !shown.includes(where))
      .map(([words, where, quote]) => {
        const spoken = where.endsWith(":en") ? "en" : "sv";
        const quoted = quote ? [": ", ...marked(search.excerpt(quote, hit.words), spoken === lang ? "" : spoken)] : [];
        return element("p", [large(words), ...quoted], { class: "quiet" });
      });
  };
  const row = (hit) => {
    const [summary, own] = hit.entity.summary;
    const words = summary ? [element("p", marked(search.excerpt(summary, hit.words), own))] : [];
    return element("li", [...named(hit), ...words, ...because(hit)]);
  };

  const section = (id, heading, parts) =>
    element("section", [element("h2", heading, { id }), ...parts], { "aria-labelledby": id });
  const best = (hits) =>
    section(
      "bast",
      [...say("best").childNodes],
      [
        element(
          "ol",
          hits.map((hit) => element("li", [...named(hit), " ", quiet(hit.entity.kind.label)])),
          { class: "hits" },
        ),
      ],
    );
  const choice = (found, groups, chosen) => {
    const all = [...say("everything").childNodes],
      made = say("one-kind");
    const whole = chosen ? element("a", all, { href: page(found.query) }) : element("strong", all);
    made.firstElementChild.append(
      element("li", [whole, " ", quiet(found.hits.length)]),
      ...groups.map(([kind, hits]) =>
        element("li", [
          element("a", large(kind.plural), {
            href: page(found.query, kind),
            ...(kind === chosen ? { "aria-current": "true" } : {}),
          }),
          " ",
          quiet(hits.length),
        ]),
      ),
    );
    return made;
  };
  const group = (found, [kind, hits], whole, asked) => {
    const most = whole ? ON_A_PAGE : OF_A_KIND,
      first = Math.min(asked, Math.floor((hits.length - 1) / ON_A_PAGE) * ON_A_PAGE);
    const shown = hits.slice(first, first + most),
      after = hits.length - first - shown.length,
      kinds = kind.plural;
    const more = page(found.query, kind, first + (whole ? most : 0));
    return section(
      `sort-${kind.slug}`,
      [large(kinds), " ", quiet(hits.length)],
      [
        element("ul", shown.map(row), { class: "hits" }),
        ...(first ? [say("previous", {}, page(found.query, kind, first - ON_A_PAGE))] : []),
        ...(after ? [say(after === 1 ? "more-one" : "more", { n: after, kinds }, more)] : []),
      ],
    );
  };

  const nothing = (found) => [
    ...(found.near.length
      ? [
          say("near"),
          element(
            "ul",
            found.near.map((entity) =>
              element("li", [
                element("a", marked([[entity.name[0], false]], entity.name[1]), { href: way(entity) }),
                " ",
                quiet(entity.kind.label),
              ]),
            ),
          ),
        ]
      : []),
    say("other"),
  ];
  const about = (found) => [
    ...(found.meant ? [say("meant", { words: found.meant }, page(found.meant))] : []),
    ...(found.missing.length ? [say("missing", { words: found.missing.join(", ") })] : []),
    ...(found.full < found.hits.length ? [say(found.full ? "all-first" : "none-all")] : []),
    ...found.kinds.map((kind) => say("every", { kinds: kind.plural }, ways.page(kind.slug))),
  ];
  const something = (found, chosen, first) => {
    const groups = [...search.kinds]
      .sort((a, b) => a.place - b.place)
      .map((kind) => [kind, found.hits.filter((hit) => hit.entity.kind === kind)])
      .filter(([, hits]) => hits.length);
    const shown = groups.filter(([kind]) => !chosen || kind === chosen),
      whole = Boolean(chosen) || groups.length === 1;
    return [
      ...about(found),
      ...(!chosen && found.hits.length > BEST && groups.length > 1 ? [best(found.hits.slice(0, BEST))] : []),
      ...(groups.length > 1 ? [choice(found, groups, chosen)] : []),
      ...shown.map((one) => group(found, one, whole, chosen ? first : 0)),
      ...(shown.length ? [] : [say("none-of-kind", { kinds: chosen.plural })]),
    ];
  };

  const other = document.querySelector(".language a");
  const elsewhere = other ? other.getAttribute("href") : "";

  const overviews = [...document.getElementById("ord").content.querySelectorAll("[data-page]")];
  const pagesNamed = (query) =>
    overviews
      .filter((one) => one.dataset.page.split("\n").some((title) => search.names(query, title)))
      .map((one) => one.cloneNode(true));

  const show = (asks) => {
    if (other) other.href = `${elsewhere}${String(asks) && "?"}${asks}`;
    const found = search.results(asks.get("q") || ""),
      { query } = found,
      n = found.hits.length;
    const chosen = search.kinds.find((kind) => kind.slug === asks.get("typ"));
    const number = /^\d{1,5}$/.test(asks.get("sida") || "") ? Number(asks.get("sida")) : 1;
    const told = n ? say(n === 1 ? "found-one" : "found", { n, query }) : say("none", { query });
    before.hidden = Boolean(query);
    document.title = query ? say("title", { query }).textContent : document.title;
    status.replaceChildren(...(query ? told.childNodes : []));
    list.replaceChildren(
      ...(found.shortened ? [say("shortened")] : []),
      ...pagesNamed(query),
      ...(!query ? [] : n ? something(found, chosen, (Math.max(number, 1) - 1) * ON_A_PAGE) : nothing(found)),
    );
  };

  // What is written is searched at once, and its address kept, so that the way back leads to it.
  let waiting = 0;
  const written = () => {
    const asks = new URLSearchParams(field.value.trim() ? { q: field.value } : {});
    try {
      history.replaceState(history.state, "", ways.here(asks));
    } catch {
      /* a page on the disk keeps its address */
    }
    show(asks);
  };
  const begun = new URLSearchParams(ways.asked());
  field.value = begun.get("q") || "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(written, WAIT);
  });
  show(begun);
}
