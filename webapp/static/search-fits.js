"use strict";
// Which words of a catalogue a word that somebody wrote may mean: modulkarta/search/matching.py for a copy.
window.searchFits = (index, w, rules) => {
  const { fit, shortest } = rules;
  const filling = new Set(rules.filling.map(w.folded));

  const holding = (text, base) => {
    const all = [];
    for (let at = 0; (at = text.indexOf(base, at)) >= 0;) {
      const end = text.indexOf("\n", at);
      all.push(text.slice(text.lastIndexOf("\n", at - 1) + 1, end));
      at = end;
    }
    return all;
  };
  const beginning = (text, base) => {
    const all = [];
    for (let at = 0; (at = text.indexOf(`\n${base}`, at)) >= 0;) {
      const end = text.indexOf("\n", at + 1);
      all.push(text.slice(at + 1, end));
      at = end;
    }
    return all;
  };
  const candidates = (fold) => {
    if (fold.length < shortest.first) return index.spellings.has(fold) ? [fold] : [];
    const all = w.bases(fold).sort((a, b) => a.length - b.length);
    const kept = all.filter((base, n) => !all.slice(0, n).some((one) => base.startsWith(one)));
    return kept.flatMap((base) => (base.length >= shortest.last ? holding : beginning)(index.vocabulary, base));
  };

  const isWord = (part) =>
    [part, `${part}a`, `${part}e`, part.replace(/s$/, "")].some((one) => index.spellings.has(one));
  const stands = (base) => base.length >= shortest.surely || isWord(base);
  const formOf = (base, other, stripped) => {
    const rest = other.slice(base.length);
    if (!w.isForm(rest, base)) return null;
    return [stripped && rest && base.length < shortest.stripped ? fit.hardly : fit.form, 0, other.length];
  };
  const partOf = (fold, base, other, at) => {
    const end = at + base.length;
    const cut = base !== fold && fold.startsWith(base);
    if (base.length < (cut ? shortest.stripped : shortest.first) || (cut && !stands(base))) return [0, 0, 0];
    if (at === 0) return [fit.first, 0, end];
    if (!w.isPart(other.slice(0, at))) return [0, 0, 0];
    const last = other.lastIndexOf(base);
    if (base.length >= shortest.last && w.isForm(other.slice(last + base.length), base)) {
      const sure = base.length > shortest.last || isWord(other.slice(0, last));
      return [sure ? fit.last : fit.hardly, last, other.length];
    }
    return base.length >= shortest.inside ? [fit.inside, at, end] : [0, 0, 0];
  };
  const fitOf = (fold, other) => {
    if (other === fold) return [fit.same, 0, other.length];
    let best = [0, 0, 0];
    for (const base of w.bases(fold)) {
      const at = other.indexOf(base);
      if (at < 0) continue;
      const one = (at === 0 && formOf(base, other, base !== fold)) || partOf(fold, base, other, at);
      if (one[0] > best[0]) best = one;
    }
    return best;
  };
  const markedAlike = (word, spelled, begin) => {
    const one = [...word],
      other = [...spelled.slice(begin)];
    for (let n = 0; n < one.length && n < other.length && w.folded(one[n]) === w.folded(other[n]); n++) {
      if (one[n] !== other[n]) return w.isAscii(word) || w.mayHaveChanged(word) ? fit.fewerMarks : fit.otherMarks;
    }
    return 1;
  };
  const spelledAs = (word, other, [worth, begin, end]) =>
    !worth
      ? []
      : index.spellings.get(other).map((spelled) => {
          if (spelled === word)
            return { word: spelled, fit: fit.same, begin: 0, end: spelled.length, how: "same", by: "" };
          if (worth === fit.same) {
            return {
              word: spelled,
              fit: w.isAscii(word) ? fit.marks : fit.otherMarks,
              begin: 0,
              end: spelled.length,
              how: "same",
              by: "",
            };
          }
          return {
            word: spelled,
            fit: worth * markedAlike(word, spelled, begin),
            begin,
            end,
            how: worth === fit.form ? "form" : "part",
            by: "",
          };
        });

  const better = (one, all) => !all.has(one.word) || one.fit > all.get(one.word).fit;
  const add = (all, more) => {
    more.forEach((one) => better(one, all) && all.set(one.word, one));
    return all;
  };

  const matches = (word) => {
    const all = new Map(),
      fold = w.folded(word),
      derived = w.root(fold);
    for (const other of new Set(candidates(fold))) add(all, spelledAs(word, other, fitOf(fold, other)));
    for (const other of derived ? beginning(index.vocabulary, derived) : []) {
      if (!w.isAkin(other.slice(derived.length), fold.slice(derived.length))) continue;
      const same = index.spellings.get(other).filter((one) => one.startsWith(word.slice(0, derived.length)));
      add(
        all,
        same.map((one) => ({ word: one, fit: fit.related, begin: 0, end: one.length, how: "form", by: "" })),
      );
    }
    return all;
  };
  const synonyms = (instead) => {
    const all = new Map();
    for (const word of w.words(instead)) {
      add(
        all,
        [...matches(word).values()].map((one) => ({ ...one, fit: one.fit * fit.synonym, how: "synonym", by: instead })),
      );
    }
    return all;
  };

  // How many letters differ, changed places counted as one; `most` + 1 where there are more.
  const slipsBetween = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [],
      last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      before = last;
      last = row;
    }
    return last[other.length];
  };
  const mostUsed = (fold) =>
    index.spellings.get(fold).reduce((best, word) => {
      const one = index.places.get(word).length,
        other = index.places.get(best).length;
      return one > other || (one === other && word > best) ? word : best;
    });
  const alike = (word) => {
    const fold = w.folded(word),
      most = w.slipsAllowed(fold),
      slips = new Map();
    const least = Math.min(...w.bases(fold).map((one) => one.length));
    const short = w.bases(fold).find((one) => one.length === least);
    for (const base of least < shortest.stripped + 1 ? [fold] : new Set([fold, short])) {
      const near = index.folds.map((other) => [slipsBetween(base, other, most), other]).filter(([n]) => n <= most);
      for (const [n, other] of near.sort((a, b) => a[0] - b[0]).slice(0, rules.most.compared)) {
        if (!filling.has(other)) slips.set(other, Math.min(n, slips.has(other) ? slips.get(other) : n));
      }
    }
    const fewest = slips.size ? Math.min(...slips.values()) : 0;
    const nearest = [...slips.keys()]
      .filter((other) => slips.get(other) === fewest)
      .sort((a, b) => (a[0] !== word[0]) - (b[0] !== word[0]) || (a < b ? -1 : 1));
    return [nearest.slice(0, rules.most.alike).map(mostUsed), fewest];
  };
  const ofAlike = (others, slips) => {
    const all = new Map();
    for (const other of others) {
      add(
        all,
        [...matches(other).values()].map((one) => ({
          ...one,
          fit: one.fit * fit.slips[slips],
          how: "alike",
          by: other,
        })),
      );
    }
    return all;
  };

  const known = (fold) =>
    w.bases(fold).some((base) => [...w.endings].some((ending) => index.spellings.has(base + ending)));
  const asPart = (part) => {
    if (!known(w.folded(part)))
      return part.endsWith("s") && part.length > shortest.part ? asPart(part.slice(0, -1)) : new Map();
    const begun = w.folded(part.slice(0, shortest.part));
    const isLike = (word) => !filling.has(word) && word.startsWith(begun);
    const own = [...matches(part).values()].filter((one) => one.begin === 0 && isLike(w.folded(one.word)));
    return new Map(own.map((one) => [one.word, { ...one, fit: one.fit * fit.parted, how: "part" }]));
  };
  const parts = (word) => {
    let found = [];
    for (let at = word.length - shortest.part; at >= shortest.part; at--) {
      if (w.isRemnant(w.folded(word.slice(at)))) continue;
      const both = [asPart(word.slice(0, at)), asPart(word.slice(at))].filter((one) => one.size);
      if (both.length === 2) return both;
      if (!found.length) found = both;
    }
    return found;
  };

  const isRatherTwo = (word, other) => {
    const fold = w.folded(word);
    if (slipsBetween(fold, w.folded(other), 1) === 1) return false;
    for (let at = shortest.part; at <= fold.length - shortest.part; at++) {
      if (isWord(fold.slice(0, at)) && isWord(fold.slice(at))) return true;
    }
    return false;
  };
  const together = (first, last) => {
    const whole = w.folded(first + last);
    const begun = whole.slice(0, first.length + shortest.last);
    if (begun.length >= whole.length && !isWord(whole)) return [];
    return [...matches(first + last).values()]
      .filter((one) => (one.how === "same" || one.how === "form") && w.folded(one.word).startsWith(begun))
      .map((one) => ({ ...one, fit: one.fit * fit.apart, how: "form" }));
  };

  return { matches, synonyms, alike, ofAlike, parts, isRatherTwo, together, better };
};
