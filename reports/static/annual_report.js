// Draws the figures of the annual report where they stand. Each keeps its size: a screen, paper and Word show the same.
(function () {
  "use strict";
  const CONFIG = { staticPlot: true, displayModeBar: false, locale: "zh-CN" };
  const CHINESE = { moduleType: "locale", name: "zh-CN", dictionary: {}, format: { decimal: ".", thousands: ",", grouping: [3] } };
  const SCALE = 2;

  async function draw() {
    const figures = JSON.parse(document.getElementById("figures").textContent);
    if (figures.length) Plotly.register(CHINESE);
    for (const { name, data, layout } of figures) {
      const place = document.getElementById("figure-" + name);
      const words = [...place.childNodes];
      try {
        place.replaceChildren();
        await Plotly.newPlot(place, data, layout, CONFIG);
      } catch (error) {
        place.replaceChildren(...words);
        throw error;
      }
    }
  }

  // The pictures for the Word document: PNG as a data address, by name of the figure.
  async function pictures() {
    const found = {};
    for (const { name, data, layout } of JSON.parse(document.getElementById("figures").textContent)) {
      const size = { format: "png", width: layout.width, height: layout.height, scale: SCALE };
      found[name] = await Plotly.toImage({ data, layout, config: CONFIG }, size);
    }
    return JSON.stringify(found);
  }

  window.annualReport = { drawn: draw(), pictures };
  annualReport.drawn.then(
    () => (document.documentElement.dataset.drawn = "yes"),
    () => (document.documentElement.dataset.drawn = "failed"),
  );
})();
