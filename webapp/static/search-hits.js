"use strict";
// What a copy has for a question, in order: modulkarta/search/index.py and ranking.py over the texts of the copy.
window.searchHits = (data) => {
  const { rules, kinds, places: roles } = data;
  const w = window.searchWords(rules);
  const entities = data.entities.map(([id, kind, name, summary, texts, marks = {}]) => ({
    id,
    kind: kinds[kind],
    name,
    summary,
    texts,
    ...marks,
  }));

  // Every word with the texts it stands in, and the words that are alike but for their marks.
  const texts = entities.flatMap((entity, number) =>
    entity.texts.map(([role, value]) => ({ number, role: roles[role], value })),
  );
  const put = (map, key, value) => {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(value);
  };
  const wordsOf = ({ number, role, value }) => {
    const own = new Set(w.words(value));
    if (role.sort === "id")
      w.words(w.whole(entities[number].called || entities[number].name[0])).forEach((one) => own.delete(one));
    else if (role.sort !== "together") w.joined(value).forEach((one) => own.add(one));
    return own;
  };
  const index = { places: new Map(), spellings: new Map() },
    wholes = new Map();
  texts.forEach((text, at) => {
    wordsOf(text).forEach((word) => put(index.places, word, at));
    if (!text.role.whole) return;
    const whole = w.whole(text.value);
    if ((wholes.get(whole) || []).at(-1) !== text.number) put(wholes, whole, text.number);
  });
  for (const word of [...index.places.keys()].sort()) put(index.spellings, w.folded(word), word);
  index.folds = [...index.spellings.keys()].sort();
  index.vocabulary = `\n${index.folds.join("\n")}\n`;
  const f = window.searchFits(index, w, rules);
  const aliases = data.aliases.map(([words, instead]) => ({ words, instead }));

  const meansItself = (one) => one.how === "same" || one.how === "form";
  const wantedFor = (asked, word) => {
    const needed = asked.needs(word),
      fold = w.folded(word);
    let found = f.matches(word);
    if (!needed) found = new Map([...found].filter(([, one]) => meansItself(one)));
    const sure = [...found.values()].some((one) => meansItself(one) || w.folded(one.word).startsWith(fold));
    if (!needed || sure) return [{ word, needed, matches: found, meant: "" }];
    const [others, slips] = f.alike(word),
      parts = found.size ? [] : f.parts(word);
    if (parts.length && (slips !== 1 || f.isRatherTwo(word, others[0])))
      return parts.map((part) => ({ word, needed, matches: part, meant: "" }));
    if (found.size && slips !== 1) return [{ word, needed, matches: found, meant: "" }];
    const own = new Map(found);
    for (const one of f.ofAlike(others, slips).values()) if (f.better(one, own)) found.set(one.word, one);
    return [{ word, needed, matches: found, meant: others[0] || "" }];
  };
  const addSynonyms = (wanted) => {
    const meant = new Map();
    for (const one of wanted) {
      for (const match of one.matches.values()) {
        if (meansItself(match) || (match.how === "alike" && match.end - match.begin === match.word.length))
          put(meant, w.folded(match.word), one);
      }
    }
    for (const { words, instead } of aliases.filter((alias) => alias.words.every((word) => meant.has(word)))) {
      const more = f.synonyms(instead);
      for (const one of new Set(words.flatMap((word) => meant.get(word)))) {
        for (const match of more.values()) if (f.better(match, one.matches)) one.matches.set(match.word, match);
      }
    }
  };
  const addWrittenApart = (wanted) => {
    wanted.slice(1).forEach((other, n) => {
      const one = wanted[n];
      if (!one.needed || !other.needed || one.word === other.word) return;
      for (const match of f.together(one.word, other.word)) {
        for (const half of [one, other]) if (f.better(match, half.matches)) half.matches.set(match.word, match);
      }
    });
  };
  const bestOf = (matches) => {
    const best = new Map();
    for (const word of [...matches.keys()].sort()) {
      const match = matches.get(word);
      for (const at of index.places.get(word)) {
        const { number, role } = texts[at],
          worth = match.fit * role.weight;
        if (!best.has(number) || worth > best.get(number).worth) best.set(number, { worth, text: texts[at], match });
      }
    }
    return best;
  };
  const wholeOf = (asked) => {
    const spaced = w.spaced(asked.text),
      names = (one) => [one.id, w.spaced(one.called || one.name[0]), w.spaced(one.short || one.called || one.name[0])];
    return new Map(
      (wholes.get(w.whole(asked.text)) || []).map((number) => [
        number,
        names(entities[number]).includes(spaced) ? 3 : 2,
      ]),
    );
  };
  const countOf = (needed, whole) => {
    const count = new Map([...whole.keys()].map((number) => [number, needed.length]));
    for (const one of needed)
      for (const number of one.best.keys()) if (!whole.has(number)) count.set(number, (count.get(number) || 0) + 1);
    return count;
  };
  const chosenOf = (needed, count, whole) => {
    const found = needed.filter((one) => one.best.size).length;
    const most = Math.max(0, ...[...count].filter(([number]) => !whole.has(number)).map(([, several]) => several));
    const chosen = [...count]
      .filter(([number, several]) => several >= most || whole.has(number))
      .map(([number]) => number);
    const full = most >= found ? chosen.length : whole.size;
    const named = needed.flatMap((one) =>
      [...one.best].filter(([, best]) => best.worth >= rules.inAName).map(([number]) => number),
    );
    return [chosen.length < rules.few ? [...new Set([...chosen, ...named])] : chosen, full];
  };
  const hitOf = (number, wanted, words, whole) => {
    const entity = entities[number],
      because = [],
      own = w.words(entity.called || entity.name[0]).map(w.folded);
    let score = 0;
    for (const one of wanted.filter((each) => each.best.has(number))) {
      const { worth, text, match } = one.best.get(number);
      score += worth * Math.log(1 + entities.length / one.best.size) * (one.needed ? 1 : rules.filled);
      if (one.needed) because.push({ asked: one.word, text, match });
    }
    score *= 1 + rules.muchOfTheName * (own.length ? own.filter((word) => words.has(word)).length / own.length : 0);
    score = Math.round((whole * rules.whole + score * entity.kind.interest) * 1e6) / 1e6;
    return { number, entity, score, exact: whole > 0, because, words };
  };

  const indel = (one, other) => {
    let last = new Array(other.length + 1).fill(0);
    for (const letter of one) {
      const row = [0];
      for (let j = 1; j <= other.length; j++)
        row[j] = letter === other[j - 1] ? last[j - 1] + 1 : Math.max(last[j], row[j - 1]);
      last = row;
    }
    return 1 - (one.length + other.length - 2 * last[other.length]) / (one.length + other.length);
  };
  const nearTo = (asked) => {
    const whole = w.whole(asked.text),
      all = [...wholes.keys()].map((name) => [indel(whole, name), name]);
    const likest = all.sort((a, b) => b[0] - a[0]).slice(0, 2 * rules.most.near);
    return [...new Set(likest.flatMap(([, name]) => wholes.get(name)))]
      .slice(0, rules.most.near)
      .map((number) => entities[number]);
  };

  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const results = (query) => {
    const asked = w.question(query),
      empty = { query: asked.text, hits: [], full: 0, missing: [], meant: "", near: [], kinds: [] };
    if (!asked.text) return { ...empty, shortened: asked.shortened };
    const wanted = asked.words.flatMap((word) => wantedFor(asked, word)),
      needed = wanted.filter((one) => one.needed);
    addSynonyms(wanted);
    addWrittenApart(wanted);
    wanted.forEach((one) => {
      one.best = bestOf(one.matches);
    });
    const whole = wholeOf(asked),
      count = countOf(needed, whole),
      [numbers, full] = chosenOf(needed, count, whole);
    const words = new Map(
      needed.flatMap((one) => [...one.matches.values()]).map((one) => [w.folded(one.word), [one.begin, one.end]]),
    );
    const hits = numbers
      .map((number) => hitOf(number, wanted, words, whole.get(number) || 0))
      .sort(
        (a, b) =>
          (whole.get(b.number) || 0) - (whole.get(a.number) || 0) ||
          (count.get(b.number) || 0) - (count.get(a.number) || 0) ||
          b.score - a.score ||
          a.entity.kind.place - b.entity.kind.place ||
          order(a.entity.called || a.entity.name[0], b.entity.called || b.entity.name[0]) ||
          order(a.entity.id, b.entity.id),
      );
    const right = new Map(wanted.filter((one) => one.meant).map((one) => [one.word, one.meant]));
    const named = [w.whole(asked.text), ...asked.words.filter(asked.needs).map(w.folded)];
    return {
      query: asked.text,
      hits,
      full,
      shortened: asked.shortened,
      missing: needed.filter((one) => !one.best.size).map((one) => one.word),
      meant: right.size ? asked.words.map((word) => right.get(word) || word).join(" ") : "",
      near: hits.length ? [] : nearTo(asked),
      kinds: kinds.filter((one) => one.names.some((name) => named.some((one) => w.sameWord(one, name)))),
    };
  };

  // Why something was found, in the order of the words that were asked: [sentence, field, quote].
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const reasons = (hit) => {
    const told = new Map(),
      tell = (words, field = "", quote = "") => told.set([words, field, quote].join("\n"), [words, field, quote]);
    for (const {
      asked,
      text: { role, value, number },
      match,
    } of hit.because) {
      if (match.how === "synonym") tell(filled(rules.words.synonym, { word: asked, term: match.by }));
      if (match.how === "alike") tell(filled(rules.words.alike, { word: match.by, other: asked }));
      const shown = role.name && w.whole(value) === w.whole(entities[number].called || entities[number].name[0]);
      if (!shown) tell(filled(role.words, { value }), role.field, role.quoted ? w.plain(value) : "");
    }
    return [...told.values()];
  };

  return { results, reasons, pieces: w.pieces, excerpt: w.excerpt, names: w.names, kinds };
};
