// Puts the page together: what comes into view is loaded, what the address says is shown.
(function () {
  "use strict";
  const { address } = certhouse;
  const views = new Map();
  const PAPER = 680;
  const PAUSE = 1500;

  function start(place) {
    const name = place.dataset.table || place.dataset.figure;
    if (!views.has(name)) {
      views.set(name, certhouse.load((place.dataset.table ? "table-" : "figure-") + name).then(async function (value) {
        if (place.dataset.table) {
          return new certhouse.TableView(place.querySelector("[data-content]"), value, name, place.querySelector("h3").textContent);
        }
        const view = new certhouse.FigureView(place, value);
        await view.draw();
        return view;
      }).catch((error) => console.error(error)));
    }
    return views.get(name);
  }

  const blocks = [...document.querySelectorAll("[data-table], [data-figure]")];
  const seen = new IntersectionObserver(function (entries) {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      start(entry.target);
    }
  }, { rootMargin: "600px" });

  function follow(page) {
    certhouse.choices.restore();
    certhouse.indicators.show(page.indicators);
    const target = document.getElementById(address.get("go"));
    if (target && (target.dataset.table || target.dataset.figure)) {
      // What lies above may still grow: when the records are there, bring them into view once more.
      start(target).then(() => requestAnimationFrame(() => target.scrollIntoView({ block: "start" })));
    }
    for (const waiting of views.values()) {
      waiting.then((view) => view && (view.restore ? view.restore() : view.draw()));
    }
  }

  certhouse.load("page-" + document.documentElement.dataset.page).then(function (page) {
    address.onChange(() => follow(page));
    address.announce();
    blocks.forEach((place) => seen.observe(place));
  // The rest follows when the reader pauses, so that printing and searching in the page find everything.
    const rest = blocks.slice();
    const idle = window.requestIdleCallback || ((work) => setTimeout(work, 200));
    function next() {
      const place = rest.shift();
      if (place) idle(() => start(place).then(next));
    }
    setTimeout(next, PAUSE);
  });

  // Everything is on paper, also what was never scrolled to.
  certhouse.prepareForPrint = async function () {
    await Promise.all(blocks.map(start));
    for (const waiting of views.values()) (await waiting)?.size?.(PAPER);
  };
  window.addEventListener("beforeprint", () => certhouse.prepareForPrint());
  window.addEventListener("afterprint", async function () {
    for (const waiting of views.values()) (await waiting)?.size?.(0);
  });
})();
