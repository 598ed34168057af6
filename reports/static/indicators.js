// The numbers at the head of a page, each with where it stood before: a small curve and the change since.
(function () {
  "use strict";
  const { element, filters } = certhouse;
  const numbers = new Intl.NumberFormat("zh-CN");

  // Sum of a frame's values over the rows that are left, by point where it has points.
  function total(frame) {
    const mask = filters.mask(frame, frame.follows);
    const sums = new Array(frame.points ? frame.points.length : 1).fill(0);
    const at = frame.points ? frame.data.point.v : null;
    const values = frame.data.value.v;
    for (let row = 0; row < frame.rows; row++) if (!mask || mask[row]) sums[at ? at[row] : 0] += values[row] || 0;
    return sums;
  }

  function curve(sums) {
    const low = Math.min(...sums), high = Math.max(...sums), width = 72, height = 20;
    const place = (value, at) => (2 + (at * (width - 4)) / (sums.length - 1)).toFixed(1) + "," + (high === low ? height / 2 : height - 3 - ((value - low) * (height - 6)) / (high - low)).toFixed(1);
    const space = "http://www.w3.org/2000/svg";
    const make = (tag, attributes) => Object.entries(attributes).reduce((made, [key, value]) => (made.setAttribute(key, value), made), document.createElementNS(space, tag));
    const svg = make("svg", { viewBox: "0 0 " + width + " " + height, width, height, "aria-hidden": "true", class: "curve" });
    const [x, y] = place(sums[sums.length - 1], sums.length - 1).split(",");
    svg.append(make("polyline", { points: sums.map(place).join(" ") }), make("circle", { cx: x, cy: y, r: 2 }));
    return svg;
  }

  // Days between the last point and the one before it.
  function apart(points) {
    const [before, last] = points.slice(-2).map((day) => Date.parse(day));
    return Math.round((last - before) / 86400000);
  }

  // "较 … 天前 +3": how it has changed since the point before the last.
  function change(sums) {
    const by = sums[sums.length - 1] - sums[sums.length - 2];
    return by ? (by > 0 ? "+" : "−") + numbers.format(Math.abs(by)) : "持平";
  }

  function show(indicators) {
    for (const item of document.querySelectorAll("[data-indicator]")) {
      const found = indicators[item.dataset.indicator];
      const [value] = total(found);
      const missing = filters.unfollowed(found.follows);
      item.classList.toggle("is-zero", !value);
      item.querySelector("b").textContent = numbers.format(value);
      const note = item.querySelector(".indicator-missing");
      note.textContent = missing.length ? "未按" + missing.join("、") + "筛选" : "";
      const trend = item.querySelector(".indicator-trend");
      trend.replaceChildren();
      if (!found.trend || Object.keys(filters.chosen()).some((name) => found.follows[name] && !found.trend.follows[name])) continue;
      const sums = total(found.trend);
      trend.append(curve(sums), element("span", {}, "较 " + apart(found.trend.points) + " 天前 " + change(sums)));
      trend.title = found.trend.points.map((day, at) => day + "：" + numbers.format(sums[at])).join("\n");
    }
  }

  certhouse.indicators = { show };
})();
