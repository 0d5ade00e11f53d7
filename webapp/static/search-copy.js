// Search in a copy of the viewer that no server answers for: over window.searchIndex, in the browser.
"use strict";
{
  const MOST = 50;
  const ENDINGS = ["arnas", "ernas", "ornas", "arna", "erna", "orna", "aren", "ande", "ens", "ets", "ers", "ar", "er",
    "or", "en", "et", "na", "an", "n", "t", "s", "a", "e"];
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => fold(text).split(/[^a-z0-9]+/).filter(Boolean);
  const stem = (word) => {
    const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= 4);
    return ending ? word.slice(0, -ending.length) : word;
  };
  const things = (window.searchIndex || []).map(([address, name, kind, summary, others]) => ({
    address, name, kind, summary,
    named: fold(name), called: fold(others), all: fold(`${others} ${summary} ${kind}`),
    words: words(`${name} ${others}`),
  }));

  // How well a word of the question fits a thing: 0 for not at all.
  const fits = (thing, word) => {
    if (thing.named === word) return 12;
    if (thing.named.startsWith(word)) return 8;
    const root = stem(word);
    if (thing.words.some((one) => one === word || stem(one) === root)) return 6;
    if (root.length > 2 && thing.called.includes(root)) return 4;
    return root.length > 2 && thing.all.includes(root) ? 1 : 0;
  };
  const score = (thing, asked, fit) => {
    let sum = 0;
    for (const word of asked) {
      const found = fit(thing, word);
      if (!found) return 0;
      sum += found;
    }
    return sum;
  };

  // Whether two words are one slip apart, or two where they are long: a letter more, less, other, or two that changed places.
  const near = (one, other) => {
    const most = one.length > 7 ? 2 : 1;
    if (one.length < 4 || Math.abs(one.length - other.length) > most) return false;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length] <= most;
  };
  const misspelt = (thing, word) => (thing.words.some((one) => near(word, one)) ? 1 : 0);

  const hits = (question) => {
    const asked = words(question);
    if (!asked.length) return [];
    const by = (fit) => things.map((thing) => [score(thing, asked, fit), thing]).filter(([points]) => points);
    let found = by(fits);
    if (!found.length) found = by((thing, word) => fits(thing, word) || misspelt(thing, word));
    return found.sort((a, b) => b[0] - a[0] || a[1].name.length - b[1].name.length || a[1].name.localeCompare(b[1].name, "sv"))
      .map(([, thing]) => thing);
  };

  const field = document.getElementById("fraga"), list = document.getElementById("traffar");
  const number = document.getElementById("antal");
  const item = (thing) => {
    const row = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
    link.href = thing.address;
    link.textContent = thing.name;
    kind.className = "quiet";
    kind.textContent = ` ${thing.kind}`;
    row.append(link, kind);
    if (thing.summary) {
      const words = document.createElement("p");
      words.textContent = thing.summary;
      row.append(words);
    }
    return row;
  };
  const show = () => {
    const found = hits(field.value), words = number.dataset;
    const count = found.length === 1 ? words.one : words.many.replace("#", found.length);
    const told = found.length ? `${count}. ${found.length > MOST ? words.more : ""}` : words.none;
    number.textContent = field.value.trim() ? told : "";
    list.replaceChildren(...found.slice(0, MOST).map(item));
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  document.querySelectorAll('header input[name="q"]').forEach((one) => { one.value = field.value; });
  field.addEventListener("input", show);
  show();
}
