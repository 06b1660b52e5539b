// Language and theme. Strings come from words.js; an element names its string in data-t.
"use strict";

const civicReport = {
  language: document.documentElement.lang,

  say(key, { n, v } = {}) {
    const words = civicWords[this.language];
    const number = n === undefined ? "" : Number(n);
    const text = words[n === undefined ? key : `${key}.${this.plural(number)}`] ?? "";
    return text.replace("{n}", () => this.number(number)).replace("{v}", () => v ?? "");
  },

  plural(number) {
    const form = new Intl.PluralRules(this.language).select(number);
    return form === "other" ? "many" : form;
  },

  number(number) {
    return new Intl.NumberFormat(this.language === "en" ? "en-GB" : this.language).format(number);
  },

  day(value) {
    const [year, month, day] = value.split("-");
    return [day && Number(day), month && civicWords[this.language][`month.${month}`], year].filter(Boolean).join(" ");
  },

  show(language) {
    this.language = language;
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = this.say(node.dataset.t, node.dataset);
    for (const node of document.querySelectorAll("[data-t-label]")) {
      node.setAttribute("aria-label", this.say(node.dataset.tLabel, { v: node.dataset.v }));
    }
    for (const node of document.querySelectorAll("[data-t-placeholder]")) {
      node.placeholder = this.say(node.dataset.tPlaceholder);
    }
    for (const node of document.querySelectorAll("span[data-n]:not([data-t])")) {
      node.textContent = this.number(Number(node.dataset.n));
    }
    for (const node of document.querySelectorAll("time")) node.textContent = this.day(node.dateTime);
    document.getElementById("language").lang = language === "pl" ? "en" : "pl";
    document.dispatchEvent(new Event("civic-language"));
  },

  theme(name) {
    document.documentElement.dataset.theme = name;
    document.getElementById("theme").setAttribute("aria-pressed", String(name === "dark"));
  },
};

{
  const root = document.documentElement;
  const chosen = civicSettings.read("language");
  if (chosen in civicWords && chosen !== root.lang) civicReport.show(chosen);
  civicReport.theme(root.dataset.theme);
  document.querySelector(".switches").hidden = false;

  document.getElementById("language").addEventListener("click", () => {
    const next = civicReport.language === "pl" ? "en" : "pl";
    civicSettings.keep("language", next);
    civicReport.show(next);
  });
  document.getElementById("theme").addEventListener("click", () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    civicSettings.keep("theme", next);
    civicReport.theme(next);
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const query = document.getElementById("query");
    if (query) query.focus();
    else location.href = `${root.dataset.root}index.html#query`;
  });
}
