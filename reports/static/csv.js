// CSV for spreadsheets: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would run as a formula.
(function () {
  "use strict";
  function cell(value, isNumber) {
    let text = value === null || value === undefined ? "" : String(value);
    if (!isNumber && /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  // rows: arrays of {value, number}
  function text(headings, rows) {
    const lines = [headings.map((heading) => cell(heading, false)).join(",")];
    for (const row of rows) lines.push(row.map((entry) => cell(entry.value, entry.number)).join(","));
    return "\ufeff" + lines.join("\r\n") + "\r\n";
  }

  function save(name, content) {
    const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    const link = certhouse.element("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  certhouse.csv = { text, save };
})();
