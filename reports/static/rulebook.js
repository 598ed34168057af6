// Narrows the rule book: by words, by how clauses are decided, by rules with findings. The book itself is in the page.
(function () {
  "use strict";
  const normal = (text) => text.normalize("NFKC").toLowerCase();
  const rule = (place) => ({ place, text: normal(place.textContent), found: Boolean(place.querySelector(".outcomes a")) });
  const parts = [...document.querySelectorAll("[data-part]")].map((place) => ({
    place,
    rules: [...place.querySelectorAll(":scope > [data-rule]")].map(rule),
    clauses: [...place.querySelectorAll("[data-clause]")].map((clause) => ({
      place: clause,
      decision: clause.dataset.decision,
      text: normal(clause.querySelector("[data-own]").textContent),
      rules: [...clause.querySelectorAll("[data-rule]")].map(rule),
    })),
  }));
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const clear = document.getElementById("clear");
  const buttons = [...document.querySelectorAll("[data-choose]")];
  let decision = "";

  function narrow() {
    const wanted = normal(words.value).split(/\s+/).filter(Boolean);
    const has = (text) => wanted.every((word) => text.includes(word));
    const all = !wanted.length && !decision && !found.checked;
    let clauses = 0, rules = 0;
    // A clause that matches shows all of its rules; a rule is also found by the words of its clause.
    const narrowRules = (list, context) => {
      const shown = list.filter((one) => {
        one.place.hidden = !(has(context + " " + one.text) && (!found.checked || one.found));
        return !one.place.hidden;
      });
      rules += shown.length;
      return shown.length;
    };
    for (const part of parts) {
      let shown = 0;
      for (const clause of part.clauses) {
        const open = !decision || clause.decision === decision;
        const inside = open ? narrowRules(clause.rules, clause.text) : 0;
        const matches = open && (inside > 0 || (!found.checked && has(clause.text)));
        clause.place.hidden = !matches;
        clauses += matches;
        shown += matches;
      }
      shown += decision ? 0 : narrowRules(part.rules, "");
      if (decision) part.rules.forEach((one) => { one.place.hidden = true; });
      part.place.hidden = !shown;
      // The chapter's heading stays above what is found in it.
      if (shown && part.clauses.length) part.clauses[0].place.hidden = false;
    }
    document.getElementById("count").textContent = (all ? "共 " : "找到 ") + clauses + " 条条款、" + rules + " 条规则";
    document.getElementById("count").classList.toggle("narrowed", !all);
    clear.hidden = all;
    document.querySelector(".book").classList.toggle("narrowed", !all);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.choose === decision));
  }

  function reset() {
    words.value = "";
    found.checked = false;
    decision = "";
    narrow();
  }

  // A link may lead to what is not shown at present.
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    reset();
    target.scrollIntoView({ block: "start" });
  }

  let timer = 0;
  words.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(narrow, 150);
  });
  found.addEventListener("change", narrow);
  clear.addEventListener("click", reset);
  words.form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of buttons) {
    button.addEventListener("click", function () {
      decision = decision === button.dataset.choose ? "" : button.dataset.choose;
      narrow();
    });
  }
  window.addEventListener("hashchange", arrive);
  words.form.hidden = false;
  narrow();

  // What the reader had chosen on the other pages goes back with the reader.
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest('a[href*=".html"]');
    if (!link || !location.search) return;
    link.dataset.plain ??= link.getAttribute("href");
    const [page, fragment = ""] = link.dataset.plain.split("#");
    const wanted = new URLSearchParams(fragment);
    for (const [key, value] of new URLSearchParams(location.search)) if (!wanted.has(key)) wanted.set(key, value);
    link.setAttribute("href", page + "#" + wanted);
  }, true);
})();
