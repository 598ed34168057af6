// A table of records: search, filters, sort, pages, record detail, CSV. Its view lives in the address.
(function () {
  "use strict";
  const { element, address } = certhouse;
  const PAGE = 20;
  const LONG = 5;
  const numbers = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 4 });
  const SIGNS = { week: "▲", breach: "●", overdue: "●", limit: "●", fail: "●", error: "●", warning: "▲", late: "▲", suspended: "▲", undetermined: "？", pass: "✓", valid: "✓" };

  function words(value, kind) {
    return kind === "number" && typeof value === "number" ? numbers.format(value) : String(value);
  }

  // A record's evidence as [name, value] in the reader's words; null where it is not what it should be.
  function entries(column, text) {
    const { keys = {}, words: known = {} } = column;
    const said = (key, value) => {
      if (value === null || value === "") return "（空）";
      if (typeof value === "boolean") return value ? "是" : "否";
      if (typeof value === "object") return JSON.stringify(value);
      return Object.hasOwn(known, key) && Object.hasOwn(known[key], value) ? known[key][value] : String(value);
    };
    try {
      return Object.entries(JSON.parse(text)).map(([key, value]) => [Object.hasOwn(keys, key) ? keys[key] : key, said(key, value)]);
    } catch {
      return null;
    }
  }

  function evidence(column, text) {
    const found = entries(column, text);
    if (!found) return document.createTextNode(text);
    return element("dl", { class: "evidence" }, ...found.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
  }

  class TableView {
    // name: null for a figure's alternative, which keeps no view in the address
    constructor(place, payload, name, title) {
      this.place = place;
      this.store = new certhouse.Store(payload);
      this.payload = payload;
      this.own = payload.rows;
      this.name = name;
      this.title = title;
      this.empty = place.closest("[data-empty]")?.dataset.empty || "没有记录。";
      this.view = { q: "", sort: payload.sort, page: 1, filters: {} };
      this.columns = payload.columns.filter((column) => !column.detail);
      this.hasDetail = Boolean(name) && payload.columns.some((column) => column.detail || column.wide);
      this.opener = payload.columns.some((column) => column.detail) ? "opener" : "opener narrow-only";
      this.build(place);
      this.restore();
    }

    build(place) {
      const id = (this.name || "alt") + "-" + Math.floor(performance.now() * 1000).toString(36);
      this.count = element("p", { class: "count", role: "status" });
      this.selects = new Map();
      const tools = element("div", { class: "tools" });
      if (this.name) {
        this.search = element("input", { type: "search", id: id + "-q", "aria-label": "在“" + this.title + "”中搜索", placeholder: "搜索…", autocomplete: "off", oninput: () => this.later() });
        tools.append(this.search);
        for (const column of this.payload.columns.filter((one) => one.filter)) {
          const choices = this.store.choices(column.key);
          if (choices.length < 2) continue;
          const select = element("select", { onchange: () => this.set({ filters: { ...this.view.filters, [column.key]: select.value } }) },
            element("option", { value: "" }, "全部"),
            ...choices.map((choice) => element("option", { value: choice }, (column.labels || {})[choice] || choice)));
          this.selects.set(column.key, select);
          tools.append(element("label", {}, column.label, select));
        }
        this.clear = element("button", { type: "button", class: "quiet", onclick: () => this.set({ q: "", filters: {} }) }, "清除条件");
        tools.append(this.clear);
      }
      tools.append(element("button", { type: "button", class: "quiet", onclick: () => this.export() }, "导出 CSV"));

      this.heads = new Map();
      const row = element("tr", {});
      if (this.hasDetail) row.append(element("th", { scope: "col", class: this.opener }, element("span", { class: "unseen" }, "详情")));
      for (const column of this.columns) {
        const head = element("th", { scope: "col", class: this.classes(column) + (column.label.length > LONG - 1 ? " long" : ""), "aria-sort": "none" },
          element("button", { type: "button", onclick: () => this.turn(column.key) }, column.label + (column.unit ? "（" + column.unit + "）" : "")));
        this.heads.set(column.key, head);
        row.append(head);
      }
      this.body = element("tbody", {});
      const table = element("table", {}, element("caption", { class: "unseen" }, this.title), element("thead", {}, row), this.body);
      this.pager = element("div", { class: "pager" });
      tools.hidden = !this.payload.rows;
      place.replaceChildren(tools, this.count, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.title, hidden: !this.payload.rows }, table), this.pager);
      place.classList.remove("waiting");
    }

    classes(column) {
      return [column.kind, "c-" + column.key, /_(id|no)$/.test(column.key) ? "key" : "", column.wide ? "wide" : ""].filter(Boolean).join(" ");
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.set({ q: this.search.value }), 150);
    }

    turn(key) {
      this.set({ sort: this.view.sort === key ? "-" + key : key });
    }

    set(changes) {
      this.place.style.minHeight = "";
      Object.assign(this.view, { page: 1 }, changes);
      if (this.name) {
        const written = { [this.name + ".q"]: this.view.q, [this.name + ".sort"]: this.view.sort === this.payload.sort ? "" : this.view.sort, [this.name + ".page"]: this.view.page > 1 ? String(this.view.page) : "" };
        for (const key of Object.keys(address.settings(this.name))) written[this.name + "." + key] ??= "";
        for (const [key, value] of Object.entries(this.view.filters)) written[this.name + "." + key] = value;
        address.change(written);
      }
      this.show();
    }

    // Take the view from the address.
    restore() {
      if (this.rows) this.place.style.minHeight = "";
      if (this.name) {
        const { q = "", sort = this.payload.sort, page = "1", ...filters } = address.settings(this.name);
        this.view = { q, sort, page: Math.max(1, parseInt(page, 10) || 1), filters };
        this.mask = this.choose(this.payload.follows || {});
        const block = this.place.closest("[data-table]");
        if (block) certhouse.filters.tell(block, this.payload.follows || {});
      }
      this.show();
    }

    // Rows that the choices at the head of the page leave. Totals: the rows of the chosen body, or those of all together.
    choose({ body, ...others }) {
      this.own = this.payload.rows;
      if (!this.payload.totals) return certhouse.filters.mask(this.store, { ...(body && { body }), ...others });
      const rest = certhouse.filters.mask(this.store, others);
      const chosen = address.get("body");
      const mask = Uint8Array.from({ length: this.store.rows }, (_, row) => (this.store.value("body_id", row) || "") === chosen ? 1 : 0);
      this.own = mask.reduce((sum, one) => sum + one, 0);
      return rest ? mask.map((one, row) => one & rest[row]) : mask;
    }

    show() {
      const filters = Object.fromEntries(Object.entries(this.view.filters).filter(([key, value]) => value && this.store.data[key]));
      this.rows = this.store.sort(this.store.find(this.view.q, filters, this.mask), this.view.sort);
      const pages = Math.max(1, Math.ceil(this.rows.length / PAGE));
      this.view.page = Math.min(this.view.page, pages);
      if (this.search && this.search !== document.activeElement) this.search.value = this.view.q;
      for (const [key, select] of this.selects) {
        select.value = filters[key] || "";
        select.classList.toggle("set", Boolean(filters[key]));
      }
      // A link may filter by a column that has no list of its own: say so, or the reader wonders where the rest is.
      const hidden = Object.entries(filters).filter(([key]) => !this.selects.has(key)).map(([key, value]) => (this.store.byKey.get(key)?.label || key) + "：" + ((this.store.byKey.get(key)?.labels || {})[value] || value));
      if (this.clear) this.clear.hidden = !(this.view.q || Object.keys(filters).length);
      const from = (this.view.page - 1) * PAGE;
      const shown = this.rows.slice(from, from + PAGE);
      const all = this.own;
      const cut = this.payload.total > this.payload.rows ? "（共 " + numbers.format(this.payload.total) + " 条，此处只含排在最前的 " + numbers.format(this.payload.rows) + " 条，其余见数据仓库的导出）" : "";
      this.count.textContent = (this.rows.length ? "第 " + numbers.format(from + 1) + "–" + numbers.format(from + shown.length) + " 条，共 " + numbers.format(this.rows.length) + " 条" : all ? "没有符合条件的记录" : this.empty)
        + (this.rows.length < all && all ? "（全部 " + numbers.format(all) + " 条）" : "") + cut + (hidden.length ? "，条件 " + hidden.join("、") : "");
      this.count.classList.toggle("narrowed", this.rows.length < all);
      const sort = this.view.sort.replace(/^-/, "");
      for (const [key, head] of this.heads) head.setAttribute("aria-sort", key !== sort ? "none" : this.view.sort.startsWith("-") ? "descending" : "ascending");
      this.body.replaceChildren(...shown.map((row) => this.line(row)));
      this.page(pages);
    }

    line(row) {
      const line = element("tr", {});
      if (this.hasDetail) {
        const button = element("button", { type: "button", class: "open", "aria-expanded": "false", "aria-label": "详情", onclick: () => this.open(line, row, button) });
        line.append(element("td", { class: this.opener }, button));
      }
      for (const column of this.columns) line.append(element("td", { class: this.classes(column) }, this.cell(column, row)));
      return line;
    }

    cell(column, row) {
      const value = this.store.value(column.key, row);
      if (value === null) return element("span", { class: "none" }, "–");
      const text = words(this.store.shown(column.key, row), column.kind);
      const link = this.link(column, row, value);
      const sign = column.kind === "code" && Object.hasOwn(SIGNS, value) ? SIGNS[value] + " " : "";
      const inside = column.kind === "code" ? element("span", { class: (text.length > LONG ? "state long state-" : "state state-") + String(value).replace(/[^\w-]/g, "") }, element("span", { "aria-hidden": "true" }, sign), text) : text;
      return link ? element("a", { href: link }, inside) : column.kind === "json" ? evidence(column, value) : typeof inside === "string" ? document.createTextNode(inside) : inside;
    }

    link(column, row, value) {
      if (!column.link || value === 0) return null;
      if (column.link.address) {
        // Only ever a page of this folder, whatever the data say.
        const found = this.store.value(column.link.address, row);
        return found !== null && /^[\w-]+\.html(#|$)/.test(found) ? found : null;
      }
      if (column.link.record) {
        const id = this.store.value(column.link.key, row);
        return id === null ? null : column.link.record + ".html#" + new URLSearchParams({ id });
      }
      if (column.link.page) {
        const anchor = this.store.value(column.link.anchor, row);
        return anchor === null ? null : column.link.page + ".html#" + encodeURIComponent(anchor);
      }
      const { to, where, fixed } = column.link;
      const wanted = new URLSearchParams({ go: to });
      for (const [target, own] of Object.entries(where)) {
        const found = this.store.value(own, row);
        if (found === null) return null;
        wanted.set(to + "." + target, found);
      }
      for (const [target, wants] of Object.entries(fixed)) wanted.set(to + "." + target, wants);
      return address.href(String(wanted));
    }

    open(line, row, button) {
      const isOpen = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) {
        line.nextElementSibling.remove();
        return;
      }
      const list = element("dl", { class: "detail" });
      for (const column of this.payload.columns) {
        if (this.store.value(column.key, row) === null) continue;
        list.append(element("div", { class: column.detail ? "" : column.wide ? "only-narrow" : "never" },
          element("dt", {}, column.label), element("dd", {}, this.cell(column, row), column.unit ? " " + column.unit : "")));
      }
      line.after(element("tr", { class: "detail-row" }, element("td", { colspan: String(this.columns.length + 1) }, list)));
    }

    page(pages) {
      this.pager.replaceChildren();
      if (pages < 2) return;
      const go = (page, label) => element("button", { type: "button", class: "quiet", disabled: page < 1 || page > pages, onclick: () => { this.set({ page }); this.body.closest(".scroll").scrollTop = 0; } }, label);
      this.pager.append(go(this.view.page - 1, "上一页"), element("span", {}, this.view.page + " / " + pages), go(this.view.page + 1, "下一页"));
    }

    // As a spreadsheet gets it.
    plain(column, row) {
      const value = this.store.shown(column.key, row);
      const found = column.kind === "json" && value !== null && entries(column, value);
      return found ? found.map((entry) => entry.join("：")).join("；") : value;
    }

    export() {
      const columns = this.payload.columns;
      const rows = this.rows.map((row) => columns.map((column) => ({ value: this.plain(column, row), number: typeof this.store.value(column.key, row) === "number" })));
      certhouse.csv.save(this.title + "-" + certhouse.asOf + ".csv", certhouse.csv.text(columns.map((column) => column.label + (column.unit ? "（" + column.unit + "）" : "")), rows));
    }
  }

  certhouse.TableView = TableView;
})();
