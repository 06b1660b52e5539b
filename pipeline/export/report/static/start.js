// Runs before the page is drawn: the reader's language and theme, kept where the browser allows it.
"use strict";

const civicSettings = {
  read(name) {
    try {
      return localStorage.getItem(`civic-actors-${name}`);
    } catch {
      return null;
    }
  },
  keep(name, value) {
    try {
      localStorage.setItem(`civic-actors-${name}`, value);
    } catch {
      // a browser that keeps nothing still shows the page
    }
  },
};

{
  const root = document.documentElement;
  root.dataset.theme =
    civicSettings.read("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.classList.add("scripted");
}
