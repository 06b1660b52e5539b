// Search as you type over people, institutions and places. The index comes in scripts, index-1.js and on,
// because a page opened from disk may not fetch data; they are loaded once the page is drawn.
"use strict";

const civicSearch = {
  MOST_SHOWN: 50,
  FOLDERS: ["people", "institutions", "places"],
  LABELS: ["label.person", "label.institution", "label.location"],
  entries: [],
  expected: Infinity,
  loaded: 0,
  milliseconds: 0,

  // Small letters without Polish or other diacritics: `Żółw` and `zolw` are one.
  fold(text) {
    return text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replaceAll("ł", "l")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  },

  expect(count) {
    this.expected = count;
    for (let number = 1; number <= count; number += 1) {
      const script = document.createElement("script");
      script.src = `static/index-${number}.js`;
      document.head.append(script);
    }
  },

  add(rows) {
    for (const [kind, file, name, caption, others, where, articles] of rows) {
      const title = ` ${this.fold(name)} `;
      const rest = ` ${this.fold(`${others} ${caption}`)} `;
      this.entries.push({ kind, file, name, caption, where, articles, title, rest });
    }
    this.loaded += 1;
    if (this.loaded < this.expected) return;
    document.getElementById("search").setAttribute("aria-busy", "false");
    this.update();
  },

  // How well an entry answers: every word must be found; the start of a word of the name counts most.
  score(entry, words) {
    let total = 0;
    for (const word of words) {
      if (entry.title.includes(` ${word}`)) total += entry.title.includes(` ${word} `) ? 5 : 4;
      else if (entry.rest.includes(` ${word}`)) total += 2;
      else if (word.length > 2 && entry.title.includes(word)) total += 1;
      else return 0;
    }
    return total;
  },

  find(query, { kind = "", where = "" } = {}) {
    const words = this.fold(query).split(" ").filter(Boolean);
    const found = [];
    for (const entry of this.entries) {
      if ((kind !== "" && entry.kind !== Number(kind)) || (where && entry.where !== where)) continue;
      const score = this.score(entry, words);
      if (score || !words.length) found.push({ entry, score });
    }
    return found.sort((a, b) => b.score - a.score || b.entry.articles - a.entry.articles);
  },

  row(entry) {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = `${this.FOLDERS[entry.kind]}/${entry.file}.html`;
    const parts = [
      ["name", entry.name, "pl"],
      ["label", civicReport.say(this.LABELS[entry.kind]), ""],
      ["sub", entry.caption, "pl"],
      ["n", civicReport.say("n_articles", { n: entry.articles }), ""],
    ];
    for (const [name, text, language] of parts) {
      const part = link.appendChild(document.createElement("span"));
      part.className = name;
      part.textContent = text;
      if (language) part.lang = language;
      link.append(" ");
    }
    return item;
  },

  update() {
    const query = document.getElementById("query").value;
    const kind = document.querySelector("input[name=kind]:checked").value;
    const where = document.getElementById("voivodeship").value;
    const isAsked = this.fold(query) !== "" || kind !== "" || where !== "";
    document.getElementById("overview").hidden = isAsked;
    const started = performance.now();
    const found = isAsked ? this.find(query, { kind, where }) : [];
    const rows = found.slice(0, this.MOST_SHOWN).map(({ entry }) => this.row(entry));
    document.getElementById("results").replaceChildren(...rows);
    document.getElementById("found").textContent = isAsked ? civicReport.say("n_found", { n: found.length }) : "";
    this.milliseconds = performance.now() - started;
  },

  // Arrow keys walk through the results, Escape empties the field.
  walk(event) {
    const query = document.getElementById("query");
    const links = [...document.querySelectorAll("#results a")];
    const place = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      query.value = "";
      this.update();
      query.focus();
    } else if (event.key === "ArrowDown" && (place >= 0 || document.activeElement === query)) {
      event.preventDefault();
      links[Math.min(place + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (links[place - 1] ?? query).focus();
    }
  },
};

{
  const search = document.getElementById("search");
  search.hidden = false;
  search.addEventListener("input", () => civicSearch.update());
  search.addEventListener("keydown", (event) => civicSearch.walk(event));
  document.addEventListener("civic-language", () => civicSearch.update());
  const focus = () => location.hash === "#query" && document.getElementById("query").focus();
  addEventListener("hashchange", focus);
  focus();
}
