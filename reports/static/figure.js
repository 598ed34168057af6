// A figure: plotly's drawing, its sentence, its table and its picture, for what the reader has chosen.
(function () {
  "use strict";
  const { address, filters, live } = certhouse;
  const CONFIG = { responsive: true, displayModeBar: false, locale: "zh-CN", scrollZoom: false, doubleClick: false };
  const CHINESE = { moduleType: "locale", name: "zh-CN", dictionary: {}, format: { decimal: ".", thousands: ",", grouping: [3], date: "%Y-%m-%d" } };
  const NARROW = 480, LEGEND_LINE = 19, FEW = 10;
  const STATIC = { body: "body_id" };

  let ready = null;
  function plotly() {
    ready ??= certhouse.script("static/plotly.min.js").then(function () {
      Plotly.register(CHINESE);
      return Plotly;
    });
    return ready;
  }

  // Few things are counted one by one: no tick stands between two whole numbers.
  function wholeTicks({ data, layout }) {
    const heights = {};
    for (const trace of data) {
      if (trace.type !== "bar") continue;
      const [length, place] = trace.orientation === "h" ? ["x", "y"] : ["y", "x"];
      const axis = (trace[length + "axis"] || length).replace(/^[xy]/, "$&axis");
      const sums = (heights[axis] ??= new Map());
      (trace[length] || []).forEach(function (value, at) {
        const key = String((trace[place] || [])[at]);
        sums.set(key, (sums.get(key) || 0) + Math.abs(value || 0));
      });
    }
    for (const [axis, sums] of Object.entries(heights)) {
      const values = [...sums.values()], look = (layout[axis] ??= {});
      if (!look.dtick && !look.tickvals && values.every(Number.isInteger) && Math.max(0, ...values) <= FEW) look.dtick = Math.max(0, ...values) > 5 ? 2 : 1;
    }
  }

  class FigureView {
    constructor(place, values) {
      this.place = place;
      this.values = values;
      this.plot = place.querySelector("[data-plot]");
      this.title = place.querySelector("h3").textContent;
      this.caption = place.querySelector("figcaption").textContent;
      this.picture = place.querySelector("[data-picture]");
      this.picture.addEventListener("click", () => this.save());
      place.querySelector("details").addEventListener("toggle", () => this.alternative());
    }

    get follows() {
      return this.values.live ? this.values.live.follows : this.values.each ? STATIC : {};
    }

    // What is to be shown: {figure, words, table}; the same object as before when nothing has changed.
    value() {
      if (!this.values.live) return (this.values.each || {})[address.get("body")] || this.values.all;
      const chosen = JSON.stringify(filters.chosen());
      if (chosen !== this.chosen) {
        this.chosen = chosen;
        const data = this.values.live;
        const rows = live.summarise(data, filters.mask(data, live.masking(data)));
        this.current = { figure: live.figure(data, rows), words: live.words(data, rows), table: live.table(data, rows) };
      }
      return this.current;
    }

    async draw() {
      filters.tell(this.place, this.follows);
      const value = this.value();
      if (value === this.drawn) return;
      this.drawn = value;
      this.place.querySelector("[data-words]").textContent = value.words;
      this.plot.setAttribute("aria-label", this.title + "。" + value.words);
      this.picture.hidden = !value.figure;
      this.alternative();
      if (!value.figure) {
        if (window.Plotly) Plotly.purge(this.plot);
        this.listens = false;
        this.plot.replaceChildren();
        this.plot.style.minHeight = "0";
        this.place.dataset.ready = "yes";
        return;
      }
      this.plot.style.minHeight = value.figure.layout.height + "px";
      const library = await plotly();
      if (value !== this.drawn) return;
      const copy = structuredClone(value.figure);
      // On a narrow screen the names of the marks stand below each other: they get room of their own.
      const named = copy.data.filter((trace) => trace.name && trace.showlegend !== false).length;
      if (this.plot.clientWidth < NARROW && named > 2) copy.layout.height += named * LEGEND_LINE;
      wholeTicks(copy);
      await library.react(this.plot, copy.data, copy.layout, CONFIG);
      if (!this.listens) {
        this.plot.on("plotly_click", (event) => this.go(event.points));
        this.listens = true;
      }
      this.place.dataset.ready = "yes";
    }

    // From a mark to its records.
    go(points) {
      const target = points.map((point) => this.target(point)).find((data) => typeof data === "string" && data.startsWith("go="));
      if (target) address.follow(target);
    }

    target(point) {
      if (typeof point.customdata === "string") return point.customdata;
      const trace = this.drawn.figure.data[point.curveNumber];
      const at = (trace.customdata || []).findIndex((_, row) => String(trace.x[row]) === String(point.x) && String(trace.y[row]) === String(point.y));
      return at < 0 ? null : trace.customdata[at];
    }

    alternative() {
      const details = this.place.querySelector("details");
      if (details.open && this.tabled !== this.value()) {
        this.tabled = this.value();
        new certhouse.TableView(details.querySelector("[data-alternative]"), this.tabled.table, null, this.title);
      }
    }

    // The picture stands alone: it carries title, sentence, unit, source and day.
    async save() {
      const library = await plotly();
      const { data, layout } = structuredClone(this.drawn.figure);
      wholeTicks({ data, layout });
      const missing = filters.unfollowed(this.follows);
      const chosen = [...document.querySelectorAll("[data-filter].set")].map((select) => select.selectedOptions[0].textContent);
      const under = [this.drawn.words, this.caption + (chosen.length ? "筛选：" + chosen.join("，") + (missing.length ? "（未按" + missing.join("、") + "）" : "") + "。" : "")];
      Object.assign(layout, {
        width: 1000, height: layout.height + 100, margin: { l: 24, r: 24, t: 110, b: 24 },
        title: { text: [this.title, ...under.map((line) => "<sup>" + line.replace(/</g, "&lt;") + "</sup>")].join("<br>"), x: 0.015, xanchor: "left", y: 1 - 20 / (layout.height + 100), yref: "container", yanchor: "top", font: { size: 16 } },
      });
      const address = await library.toImage({ data, layout }, { format: "png", width: 1000, height: layout.height, scale: 2 });
      const link = certhouse.element("a", { href: address, download: this.title + "-" + certhouse.asOf + ".png" });
      document.body.append(link);
      link.click();
      link.remove();
    }

    // Paper is narrower than a screen and cannot be asked to redraw later.
    size(width) {
      if (!window.Plotly || !this.drawn || !this.drawn.figure || !this.plot.layout) return;
      Plotly.relayout(this.plot, width ? { width, autosize: false } : { width: null, autosize: true });
    }
  }

  certhouse.FigureView = FigureView;
})();
