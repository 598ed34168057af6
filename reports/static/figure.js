// A figure: plotly's drawing, its sentence and its table, for all bodies or the chosen one.
(function () {
  "use strict";
  const { address } = certhouse;
  const CONFIG = {
    responsive: true, displaylogo: false, locale: "zh-CN", scrollZoom: false, doubleClick: false,
    modeBarButtons: [["toImage"]],
  };
  const CHINESE = {
    moduleType: "locale", name: "zh-CN",
    dictionary: { "Download plot as a PNG": "保存为图片（PNG）", "Download plot": "保存为图片", "Taking snapshot - this may take a few seconds": "正在生成图片…", "Snapshot succeeded": "图片已保存" },
    format: { decimal: ".", thousands: ",", grouping: [3], date: "%Y-%m-%d" },
  };

  let ready = null;
  function plotly() {
    ready ??= certhouse.script("static/plotly.min.js").then(function () {
      Plotly.register(CHINESE);
      return Plotly;
    });
    return ready;
  }

  class FigureView {
    constructor(place, values) {
      this.place = place;
      this.values = values;
      this.plot = place.querySelector("[data-plot]");
      this.title = place.querySelector("h3").textContent;
      place.querySelector("details").addEventListener("toggle", () => this.alternative());
    }

    value() {
      return this.values[address.get("body")] || this.values[""];
    }

    async draw() {
      const value = this.value();
      if (value === this.drawn) return;
      this.drawn = value;
      // Where there are too many bodies to draw each, the figure stays one of all: it must say so.
      const general = address.get("body") && value === this.values[""];
      this.place.querySelector("[data-words]").textContent = (general ? "（所有机构合计）" : "") + value.words;
      this.plot.setAttribute("aria-label", this.title + "。" + value.words);
      this.alternative();
      if (!value.figure) {
        if (window.Plotly) Plotly.purge(this.plot);
        this.listens = false;
        this.plot.replaceChildren();
        this.plot.style.minHeight = "0";
        return;
      }
      this.plot.style.minHeight = value.figure.layout.height + "px";
      const library = await plotly();
      if (value !== this.drawn) return;
      const copy = structuredClone(value.figure);
      await library.react(this.plot, copy.data, copy.layout, { ...CONFIG, toImageButtonOptions: { filename: this.title + "-" + certhouse.asOf, scale: 2 } });
      if (!this.listens) {
        this.plot.on("plotly_click", (event) => {
          const target = event.points.map((point) => point.customdata).find((data) => typeof data === "string" && data.startsWith("go="));
          if (target) address.follow(target);
        });
        this.listens = true;
      }
      this.place.dataset.ready = "yes";
    }

    alternative() {
      const details = this.place.querySelector("details");
      if (details.open && this.tabled !== this.value()) {
        this.tabled = this.value();
        new certhouse.TableView(details.querySelector("[data-alternative]"), this.tabled.table, null, this.title);
      }
    }

    // Paper is narrower than a screen and cannot be asked to redraw later.
    size(width) {
      if (!window.Plotly || !this.drawn || !this.drawn.figure || !this.plot.layout) return;
      Plotly.relayout(this.plot, width ? { width, autosize: false } : { width: null, autosize: true });
    }
  }

  certhouse.FigureView = FigureView;
})();
