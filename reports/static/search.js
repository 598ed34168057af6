// Columns as the page holds them: {v: values} or {d: distinct values, i: index per row}; reading, searching, ordering.
(function () {
  "use strict";
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  function normal(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  class Store {
    constructor(payload) {
      this.rows = payload.rows;
      this.data = Object.assign(Object.create(null), payload.data);
      this.columns = payload.columns;
      this.byKey = new Map(payload.columns.map((column) => [column.key, column]));
      this.normalised = new Map();
      this.ranked = new Map();
    }

    value(key, row) {
      const column = this.data[key];
      if (!column) return null;
      if (column.v) return column.v[row];
      const at = column.i[row];
      return at < 0 ? null : column.d[at];
    }

    // As a reader sees it: codes in words.
    shown(key, row) {
      const value = this.value(key, row);
      const column = this.byKey.get(key);
      if (value === null || !column || !column.labels) return value;
      if (column.kind === "codes") return value.split(";").map((code) => code + (Object.hasOwn(column.labels, code) ? " " + column.labels[code] : "")).join("；");
      return Object.hasOwn(column.labels, value) ? column.labels[value] : value;
    }

    choices(key) {
      const column = this.data[key];
      const values = column.v ? [...new Set(column.v)].filter((value) => value !== null) : [...column.d];
      const labels = this.byKey.get(key).labels;
      const order = labels ? Object.keys(labels) : [];
      return values.map(String).sort((a, b) => {
        const known = order.indexOf(a) - order.indexOf(b);
        return order.includes(a) && order.includes(b) ? known : collator.compare(a, b);
      });
    }

    searchable(key) {
      if (!this.normalised.has(key)) {
        const column = this.data[key];
        const labels = (this.byKey.get(key) || {}).labels || {};
        const write = (value) => (value === null ? "" : normal(String(value) + (Object.hasOwn(labels, value) ? " " + labels[value] : "")));
        this.normalised.set(key, (column.v || column.d).map(write));
      }
      return this.normalised.get(key);
    }

    // Rows that hold every word of `query` somewhere and have all the `filters`' values.
    // mask: 1 for each row that the choices at the head of the page leave, null for all.
    find(query, filters, mask) {
      const words = normal(query).split(/\s+/).filter(Boolean);
      const keep = mask ? mask.slice() : new Uint8Array(this.rows).fill(1);
      for (const [key, wanted] of Object.entries(filters)) {
        if (!this.data[key]) continue;
        const isList = (this.byKey.get(key) || {}).kind === "codes";
        const fits = (value) => (isList ? value.split(";").includes(wanted) : value === wanted);
        for (let row = 0; row < this.rows; row++) {
          if (keep[row] && !fits(String(this.value(key, row)))) keep[row] = 0;
        }
      }
      for (const word of words) {
        const hit = new Uint8Array(this.rows);
        for (const column of this.columns) {
          const texts = this.searchable(column.key);
          const codes = this.data[column.key].i;
          if (codes) {
            const has = texts.map((text) => text.includes(word));
            for (let row = 0; row < this.rows; row++) if (codes[row] >= 0 && has[codes[row]]) hit[row] = 1;
          } else {
            for (let row = 0; row < this.rows; row++) if (!hit[row] && texts[row].includes(word)) hit[row] = 1;
          }
        }
        for (let row = 0; row < this.rows; row++) keep[row] &= hit[row];
      }
      const rows = [];
      for (let row = 0; row < this.rows; row++) if (keep[row]) rows.push(row);
      return rows;
    }

    // Place of every row's value in the column's order; nothing comes last whichever way.
    ranks(key) {
      if (!this.ranked.has(key)) {
        const column = this.data[key];
        const described = this.byKey.get(key) || {};
        const order = Object.keys(described.labels || {});
        const compare = (a, b) => {
          if (typeof a === "number" && typeof b === "number") return a - b;
          const known = order.indexOf(a) - order.indexOf(b);
          return order.includes(a) && order.includes(b) ? known : collator.compare(a, b);
        };
        const distinct = column.d || [...new Set(column.v)].filter((value) => value !== null);
        const place = new Map([...distinct].sort(compare).map((value, at) => [value, at]));
        const ranks = new Float64Array(this.rows);
        for (let row = 0; row < this.rows; row++) {
          const value = this.value(key, row);
          ranks[row] = value === null ? NaN : place.get(value);
        }
        this.ranked.set(key, ranks);
      }
      return this.ranked.get(key);
    }

    sort(rows, sort) {
      const down = sort.startsWith("-");
      const key = down ? sort.slice(1) : sort;
      if (!this.data[key]) return rows;
      const ranks = this.ranks(key);
      return rows.slice().sort((a, b) => {
        const x = ranks[a], y = ranks[b];
        if (x !== x || y !== y) return x !== x ? (y !== y ? a - b : 1) : -1;
        return (down ? y - x : x - y) || a - b;
      });
    }
  }

  certhouse.Store = Store;
})();
