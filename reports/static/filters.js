// What the reader has chosen for all pages: body, region, scope, period, profile; which rows are left by it.
(function () {
  "use strict";
  const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

  // First and last month of 2026, 2026Q3, 2026-10 or 2026-01..2026-06; null for anything else.
  function span(text) {
    const [first, last, more] = text.split("..");
    if (more !== undefined) return null;
    if (last !== undefined) return MONTH.test(first) && MONTH.test(last) && first <= last ? [first, last] : null;
    if (MONTH.test(text)) return [text, text];
    if (/^\d{4}$/.test(text)) return [text + "-01", text + "-12"];
    const quarter = /^(\d{4})Q([1-4])$/.exec(text);
    if (!quarter) return null;
    const month = (at) => quarter[1] + "-" + String(at).padStart(2, "0");
    return [month(quarter[2] * 3 - 2), month(quarter[2] * 3)];
  }

  // For each filter: what it is called, and whether a value of a record's column passes it.
  const FILTERS = {
    body: { label: "认证机构", test: (wanted) => (value) => value === wanted },
    region: { label: "地区", test: (wanted) => (value) => String(value).slice(0, 2) === wanted },
    scope: { label: "业务范围", test: (wanted) => (value) => String(value).split(";").includes(wanted) },
    period: {
      label: "期间",
      test: (wanted) => {
        const [first, last] = span(wanted);
        return (value) => String(value).slice(0, 7) >= first && String(value).slice(0, 7) <= last;
      },
    },
    profile: { label: "规则来源", test: (wanted) => (value) => value === wanted },
  };

  function chosen() {
    const found = {};
    for (const name of Object.keys(FILTERS)) {
      const value = certhouse.address.get(name);
      if (value) found[name] = value;
    }
    return found;
  }

  // 1 for each row that is left, or null for all of them. follows: filter -> column that it looks at.
  function mask(store, follows) {
    let keep = null;
    for (const [name, wanted] of Object.entries(chosen())) {
      const column = follows[name] && store.data[follows[name]];
      if (!column) continue;
      keep ??= new Uint8Array(store.rows).fill(1);
      const test = FILTERS[name].test(wanted);
      const passes = (value) => value !== null && test(value);
      if (column.v) for (let row = 0; row < store.rows; row++) keep[row] &= passes(column.v[row]) ? 1 : 0;
      else {
        const known = column.d.map(passes);
        for (let row = 0; row < store.rows; row++) keep[row] &= column.i[row] >= 0 && known[column.i[row]] ? 1 : 0;
      }
    }
    return keep;
  }

  // The chosen filters that a block has no column for, in words; they must not be ignored silently.
  function unfollowed(follows) {
    return Object.keys(chosen()).filter((name) => !follows[name]).map((name) => FILTERS[name].label);
  }

  function tell(place, follows) {
    const line = place.querySelector("[data-unfollowed]");
    if (!line) return;
    const names = unfollowed(follows);
    line.hidden = !names.length;
    line.textContent = names.length ? "未按" + names.join("、") + "筛选：这里的数据没有这一项。" : "";
  }

  // First and last month of the chosen period, or null.
  function period() {
    const wanted = certhouse.address.get("period");
    return wanted ? span(wanted) : null;
  }

  certhouse.filters = { period, chosen, mask, unfollowed, tell, span, names: Object.keys(FILTERS) };
})();
