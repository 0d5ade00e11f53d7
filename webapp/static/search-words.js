"use strict";
// Swedish words as they are searched for: modulkarta/search/letters.py, asking.py and marking.py for a copy that no
// server answers for. The lists (endings and so on) come from there; tests/browser/test_same_search.py holds them alike.
window.searchWords = (rules) => {
  const endings = new Set(rules.endings),
    verbal = new Set(rules.verbal),
    adjectival = new Set(rules.adjectival),
    filling = new Set(rules.filling);
  const VOWEL = /[aeiouy]/;
  const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
  const hasDigit = (text) => /[\p{Nd}\p{No}]/u.test(text);

  // Characters with the marks that belong to them, without soft hyphens, and where in the text each begins and ends.
  const lettering = (text) => {
    if (!text.includes("\u00ad") && text === text.normalize("NFC"))
      return { letters: text, span: (begin, end) => [begin, end] };
    let letters = "";
    const places = [];
    for (const found of text.matchAll(/.\p{Mn}*/gsu)) {
      const one = found[0].replace(/\u00ad/g, "").normalize("NFC");
      letters += one;
      for (let n = 0; n < one.length; n++) places.push([found.index, found.index + found[0].length]);
    }
    return { letters, span: (begin, end) => [places[begin][0], places[end - 1][1]] };
  };
  const small = (text) => {
    const lowered = text.toLowerCase();
    return lowered.length === text.length ? lowered : [...text].map((one) => [...one.toLowerCase()][0]).join("");
  };
  const folded = (word) =>
    isAscii(word) ? word : [...word].map((one) => rules.letters[one] || [...one.normalize("NFD")][0]).join("");
  const found = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];
  const words = (text) => found(small(lettering(text).letters));
  const joined = (text) =>
    (small(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu) || []).map((one) => one.replaceAll("-", ""));
  const clean = (text) =>
    lettering(text)
      .letters.replace(/[\p{C}\p{Z}]/gu, (one) => (/\p{Cf}/u.test(one) ? "" : " "))
      .split(" ")
      .filter(Boolean)
      .join(" ");
  const spaced = (text) => small(clean(text));
  const whole = (text) => folded(spaced(text));

  const stands = (base) => base.length >= rules.shortest.left && VOWEL.test(base);
  const varied = (base) => {
    const all = [];
    const one = base.at(-1);
    const before = base.at(-2);
    if (base.length > rules.shortest.left) {
      if ("lrn".includes(one) && before === "e" && !VOWEL.test(base.at(-3))) all.push(base.slice(0, -2) + one);
      else if ("lrn".includes(one) && !VOWEL.test(before) && before !== one) all.push(`${base.slice(0, -1)}e${one}`);
      if (/(mm|nn)$/.test(base)) all.push(base.slice(0, -1));
    }
    for (const [single, several] of rules.pluralStems) {
      if (base.endsWith(single)) all.push(base.slice(0, -single.length) + several);
      else if (base.endsWith(several)) all.push(base.slice(0, -several.length) + single);
    }
    return all;
  };
  const bases = (fold) => {
    const kept = new Set([fold]);
    for (let size = 1; size < 6 && size <= fold.length; size++) {
      if (endings.has(fold.slice(-size)) && stands(fold.slice(0, -size))) kept.add(fold.slice(0, -size));
    }
    for (const base of [...kept]) varied(base).forEach((one) => kept.add(one));
    return [...kept];
  };
  const root = (fold) => {
    const ending = [...rules.quality, ...rules.deriving].find((one) => fold.endsWith(one)) || "",
      left = fold.slice(0, fold.length - ending.length);
    return ending && stands(left) ? left : "";
  };
  const isForm = (rest, base) => {
    if (rest && base.length < rules.shortest.left && !VOWEL.test(base)) return false;
    const doubled = /[mn]$/.test(base) && rest[0] === base.at(-1) && !["", "s"].includes(rest.slice(1));
    return endings.has(rest) || (doubled && endings.has(rest.slice(1)));
  };
  const mayHaveChanged = (word) => /(er|ers|erna|ernas)$/.test(word);
  const isAkin = (rest, ending) => (rules.quality.includes(ending) ? adjectival : verbal).has(rest);
  const isRemnant = (last) => rules.deriving.some((one) => last.endsWith(one) && last.length - one.length < 2);
  const sameWord = (one, other) =>
    bases(one).some((base) => other.startsWith(base) && isForm(other.slice(base.length), base));
  const slipsAllowed = (fold) => (hasDigit(fold) ? 0 : rules.slips.filter((least) => fold.length >= least).length);

  const question = (query) => {
    const longest = rules.question.longest,
      begun = [...query].slice(0, longest * 50).join("");
    const text = [...clean(begun)],
      kept = text.slice(0, longest).join("").trimEnd(),
      all = [...new Set(words(kept))];
    const asked = all.slice(0, rules.question.words),
      heavy = asked.filter((one) => [...one].length > 1 && !filling.has(one));
    return {
      text: kept,
      words: asked,
      needs: (word) => heavy.includes(word) || !heavy.length,
      shortened: text.length > longest || all.length > rules.question.words || begun.length < query.length,
    };
  };

  const isOf = (word, own) => sameWord(word, own) || (word.length >= rules.shortest.end && own.endsWith(word));
  const names = (query, title) => {
    const asked = question(query);
    const wanted = asked.words.filter(asked.needs).map(folded);
    const own = words(title).map(folded);
    return wanted.length > 0 && wanted.every((word) => own.some((one) => isOf(word, one)));
  };

  // Where in a text the words of a hit stand; the text in pieces; the part of a long one that is near the first of them.
  const places = (text, meant) => {
    const read = lettering(text);
    return [...small(read.letters).matchAll(/[\p{L}\p{N}]+/gu)].flatMap((one) => {
      const [first, last] = meant.get(folded(one[0])) || [0, 0],
        begin = one.index;
      return last ? [read.span(begin + first, Math.min(begin + last, begin + one[0].length))] : [];
    });
  };
  const pieces = (text, meant) => {
    const all = [];
    let done = 0;
    for (const [begin, end] of places(text, meant)) {
      if (begin > done) all.push([text.slice(done, begin), false]);
      all.push([text.slice(begin, end), true]);
      done = end;
    }
    return done < text.length || !all.length ? [...all, [text.slice(done), false]] : all;
  };
  const excerpt = (text, meant, longest = rules.excerpt.longest) => {
    const line = text.split(/\s+/).filter(Boolean).join(" "),
      before = Math.floor(longest / 3);
    if (line.length <= longest) return pieces(line, meant);
    const first = (places(line, meant)[0] || [0])[0];
    const space = (from, to) => {
      const at = line.slice(from, to).lastIndexOf(" ");
      return at < 0 ? -1 : at + from;
    };
    const begin = first < longest - before ? 0 : space(0, first - before) + 1;
    const end =
      line.length > begin + longest
        ? Math.max(space(begin, begin + longest), begin + Math.min(longest, rules.excerpt.least))
        : line.length;
    return pieces(`${begin ? "… " : ""}${line.slice(begin, end)}${end < line.length ? " …" : ""}`, meant);
  };
  const plain = (text) =>
    text.replace(/\*\*|__|`|^[ \t]*(?:[-*+>]|#+|\d+\.)[ \t]+/gm, "").replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, "$1");

  return {
    endings,
    isAscii,
    small,
    folded,
    words,
    joined,
    spaced,
    whole,
    bases,
    root,
    isForm,
    sameWord,
    slipsAllowed,
    question,
    names,
    pieces,
    excerpt,
    plain,
    mayHaveChanged,
    isAkin,
    isRemnant,
    isPart: (before) => VOWEL.test(before) || hasDigit(before),
  };
};
