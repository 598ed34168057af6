// A live figure's table and marks, from the rows that are left: what Python's Summary, Words and marks do.
(function () {
  "use strict";
  const LABEL = "_label";
  const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

  // live: {summary, words, figure, grows, domain: columns of keys, k: row -> place in the domain, sums, ...}
  function summarise(live, mask) {
    const { keys, sums, months, keep, running, top, ratios } = live.summary;
    const size = live.places;
    const totals = Object.fromEntries(sums.map((name) => [name, new Float64Array(size)]));
    for (const name of sums) {
      const values = live.data[name].v, into = totals[name];
      for (let row = 0; row < live.rows; row++) {
        if (!mask || mask[row]) into[live.k[row]] += values[row] || 0;
      }
    }
    for (const name of running) for (let at = 1; at < size; at++) totals[name][at] += totals[name][at - 1];
    let rows = [];
    // A chosen period cuts the axis of months: what has gone before still counts in a running total.
    const span = months && live.follows.period === months ? certhouse.filters.period() : null;
    for (let at = 0; at < size; at++) {
      if (!keep && sums.every((name) => totals[name][at] === 0)) continue;
      const row = {};
      for (const key of [...keys, LABEL]) {
        const column = live.domain[key];
        if (column) row[key] = column.v ? column.v[at] : column.i[at] < 0 ? null : column.d[column.i[at]];
      }
      if (span && (row[months] < span[0] || row[months] > span[1])) continue;
      for (const name of sums) row[name] = Math.round(totals[name][at] * 1e6) / 1e6;
      for (const [name, [upper, lower]] of Object.entries(ratios)) row[name] = row[lower] ? row[upper] / row[lower] : null;
      rows.push(row);
    }
    if (top) rows = rows.map((row, at) => [row, at]).sort((a, b) => b[0][top[0]] - a[0][top[0]] || a[1] - b[1]).slice(0, top[1]).map((pair) => pair[0]);
    return rows;
  }

  // What the rows are left out by: a period that cuts the axis leaves out none.
  function masking(live) {
    const { period, ...others } = live.follows;
    return period && period !== live.summary.months ? live.follows : others;
  }

  function plain(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function fragment(drill, row) {
    const wanted = new URLSearchParams({ go: drill.to });
    for (const [target, own] of Object.entries(drill.where)) wanted.set(drill.to + "." + target, row[own]);
    for (const [target, value] of Object.entries(drill.fixed)) wanted.set(drill.to + "." + target, value);
    return String(wanted);
  }

  // The arrays of one trace, as marks.values makes them.
  function fill(trace, rows) {
    const { columns, length, where = {}, negative, text, drill } = trace.meta;
    const taken = rows.map((row) => Object.entries(where).every(([key, value]) => row[key] === value));
    for (const [axis, column] of Object.entries(columns)) {
      const shown = (value) => (typeof value === "string" && column !== LABEL ? plain(value) : value);
      trace[axis] = rows.map((row, at) => {
        const value = taken[at] || axis !== length ? shown(row[column] ?? null) : null;
        return axis === length && negative && value !== null ? -value : value;
      });
    }
    if (text) trace.text = rows.map((row, at) => (taken[at] && row[text] ? numbers.format(row[text]) : ""));
    if (drill) trace.customdata = rows.map((row) => fragment(drill, row));
  }

  function figure(live, rows) {
    if (!rows.length) return null;
    const copy = structuredClone(live.figure);
    copy.data.forEach((trace) => fill(trace, rows));
    // Of the many kinds of marks a record can have, only its own are named in the legend.
    if (live.sparse) copy.data = copy.data.filter((trace) => trace[trace.meta.length].some((value) => value !== null));
    if (live.grows) {
      copy.layout.height += live.rowHeight * (Math.max(rows.length, 2) - Math.max(live.drawn, 2));
      if (copy.layout.yaxis.range) copy.layout.yaxis.range = [rows.length + 0.5, -0.5];
    }
    return copy;
  }

  function words(live, rows) {
    if (!rows.length) return live.words.empty;
    return live.words.text.replace(/\{([^{}]+)\}/g, function (_, field) {
      const [name, condition] = field.split(":");
      let taken = rows;
      if (condition) {
        const [key, wanted] = condition.split("=");
        taken = rows.filter((row) => String(row[key]) === wanted);
      }
      if (name === "#") return numbers.format(taken.length);
      const [place, column] = name.split(".");
      const value = column ? taken[place === "first" ? 0 : taken.length - 1][column] : taken.reduce((sum, row) => sum + (row[name] || 0), 0);
      return typeof value === "string" ? value : numbers.format(value);
    });
  }

  // As the table component wants it.
  function table(live, rows) {
    const data = Object.fromEntries(live.columns.map((column) => [column.key, { v: rows.map((row) => row[column.key] ?? null) }]));
    for (const key of live.summary.keys) data[key] ??= { v: rows.map((row) => row[key] ?? null) };
    return { columns: live.columns, rows: rows.length, total: rows.length, sort: "", data };
  }

  certhouse.live = { summarise, masking, fill, figure, words, table };
})();
