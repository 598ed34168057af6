// The page of one record: #id=<id>. Its file is found by the index, its rows are cut out of the file's columns.
(function () {
  "use strict";
  const { address, element, live } = certhouse;
  const kind = document.documentElement.dataset.record;
  const section = document.getElementById("record");
  const title = document.getElementById("record-title");
  const head = document.getElementById("record-head");
  const input = document.getElementById("record-id");

  // The last file that begins at or before the id.
  function fileOf(index, id) {
    let low = -1, high = index.first.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (index.first[middle] <= id) low = middle;
      else high = middle;
    }
    return low;
  }

  // The rows of record `at` in a block of a file, as a payload of their own.
  function cut(block, at) {
    let begin = 0;
    for (let before = 0; before < at; before++) begin += block.n[before];
    const rows = block.n[at], data = {};
    for (const [key, column] of Object.entries(block.data)) {
      data[key] = { v: column.v ? column.v.slice(begin, begin + rows) : Array.from(column.i.slice(begin, begin + rows), (code) => (code < 0 ? null : column.d[code])) };
    }
    return { rows, total: rows, data };
  }

  function showHead(looks, record, id) {
    const name = looks.name && record.data[looks.name].v[0];
    title.textContent = looks.title + " " + id + (name ? " · " + name : "");
    document.title = title.textContent + " " + certhouse.asOf;
    const table = new certhouse.TableView(element("div"), { ...record, columns: looks.columns, sort: "" }, null, "");
    const shown = looks.columns.filter((column) => record.data[column.key].v[0] !== null);
    head.replaceChildren(...shown.map((column) => element("div", {}, element("dt", {}, column.label), element("dd", {}, table.cell(column, 0), column.unit ? " " + column.unit : ""))));
  }

  async function show() {
    const id = address.get("id");
    input.value = id;
    const index = await certhouse.load(kind + "-index");
    const file = fileOf(index, id);
    const shard = id && file >= 0 ? await certhouse.load(kind + "-" + file) : { ids: [] };
    const at = shard.ids.indexOf(id);
    document.querySelector(".record-blocks").hidden = at < 0;
    section.hidden = at >= 0;
    if (at < 0) {
      title.textContent = id ? "没有编号为“" + id + "”的记录" : "请输入编号，或从名录进入";
      head.replaceChildren();
      return;
    }
    if (id !== address.get("id")) return;
    // All at once: nothing that is already there moves.
    section.hidden = true;
    showHead(index.blocks.head, cut(shard.blocks.head, at), id);
    for (const place of document.querySelectorAll("[data-record-table]")) {
      const looks = index.blocks[place.dataset.recordTable];
      const part = cut(shard.blocks[place.dataset.recordTable], at);
      place.classList.toggle("is-empty", !part.rows);
      new certhouse.TableView(place.querySelector("[data-content]"), { ...part, ...looks }, null, place.querySelector("h3").textContent + "-" + id);
    }
    section.hidden = false;
    for (const place of document.querySelectorAll("[data-record-figure]")) {
      const looks = index.blocks[place.dataset.recordFigure];
      const { rows, data } = cut(shard.blocks[place.dataset.recordFigure], at);
      const records = Array.from({ length: rows }, (_, row) => Object.fromEntries(Object.entries(data).map(([key, column]) => [key, column.v[row]])));
      const shown = { ...looks, sparse: true, summary: { keys: [] } };
      const value = { figure: live.figure(shown, records), words: live.words(shown, records), table: live.table(shown, records) };
      place.view ??= new certhouse.FigureView(place, { all: value });
      place.view.values = { all: value };
      await place.view.draw();
    }
  }

  document.getElementById("record-choice").addEventListener("submit", function (event) {
    event.preventDefault();
    const id = input.value.trim();
    if (id) address.change({ id });
    show();
  });
  address.onChange(show);
  show();
  certhouse.prepareForPrint = async () => document.querySelectorAll("[data-record-figure]").forEach((place) => place.view?.size(680));
  window.addEventListener("beforeprint", () => certhouse.prepareForPrint());
  window.addEventListener("afterprint", () => document.querySelectorAll("[data-record-figure]").forEach((place) => place.view?.size(0)));
})();
