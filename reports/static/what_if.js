// What if a body had more auditors or certificates: exact integers, as the warehouse judges (clause 3.10).
(function () {
  "use strict";
  const { address, element } = certhouse;
  const MICRO = 1000000n;
  const numbers = new Intl.NumberFormat("zh-CN");
  const SIGNS = { breach: "● 不符合", warning: "▲ 预警", pass: "✓ 通过" };

  // Limits may have decimals: millionths are whole.
  const micro = (value) => BigInt(Math.round(value * 1e6));
  const atLeastNone = (value) => (value < 0n ? 0n : value);

  // Half up to 4 decimals; null without auditors.
  function ratio(certificates, auditors) {
    if (auditors === 0n) return null;
    const tenThousandths = (20000n * certificates + auditors) / (2n * auditors);
    return String(tenThousandths / 10000n) + "." + String(tenThousandths % 10000n).padStart(4, "0");
  }

  function judge(certificates, auditors, limit, warning) {
    const state = certificates * MICRO > limit * auditors ? "breach" : certificates * MICRO > warning * auditors ? "warning" : "pass";
    return {
      auditors, certificates, state, ratio: ratio(certificates, auditors),
      room: (limit * auditors - certificates * MICRO) / MICRO - ((limit * auditors - certificates * MICRO) % MICRO < 0n ? 1n : 0n),
      needed: (certificates * MICRO + limit - 1n) / limit,
    };
  }

  // A whole number as typed; anything else counts as 0.
  function whole(text) {
    return /^[+-]?\d{1,6}$/.test(text.trim()) ? BigInt(text.trim().replace("+", "")) : 0n;
  }

  class WhatIf {
    constructor(place, payload) {
      this.place = place;
      this.store = new certhouse.Store(payload);
      this.rows = payload.rows;
      this.inputs = [...place.querySelectorAll("[data-ask]")];
      for (const input of this.inputs) input.addEventListener("input", () => this.ask());
      place.querySelector("[data-form]").addEventListener("submit", (event) => event.preventDefault());
      place.querySelector("[data-form]").addEventListener("reset", () => setTimeout(() => this.ask()));
      this.restore();
    }

    ask() {
      address.change(Object.fromEntries(this.inputs.map((input) => ["whatif." + input.dataset.ask, whole(input.value) ? String(whole(input.value)) : ""])));
      this.show();
    }

    restore() {
      for (const input of this.inputs) {
        if (input !== document.activeElement) input.value = String(whole(address.get("whatif." + input.dataset.ask)));
      }
      this.show();
    }

    show() {
      const [auditors, certificates] = this.inputs.map((input) => whole(input.value));
      const body = address.get("body");
      const lines = [];
      for (let row = 0; row < this.rows; row++) {
        if (body && this.store.value("body_id", row) !== body) continue;
        const read = (key) => this.store.value(key, row);
        for (const [system, own, have] of [["ITSMS", "valid_itsms", "itsms_auditors"], ["全部体系", "valid_all", "all_auditors"]]) {
          lines.push({ name: read("body_name"), system, before: read(own === "valid_itsms" ? "state_itsms" : "state_all"),
            ...judge(atLeastNone(BigInt(read(own)) + certificates), atLeastNone(BigInt(read(have)) + auditors), micro(read("limit_ratio")), micro(read("warning_ratio"))) });
        }
      }
      this.place.querySelector("[data-result]").replaceChildren(...lines.map((line) => element("tr", {},
        element("th", { scope: "row" }, line.name), element("td", {}, line.system),
        element("td", { class: "number" }, numbers.format(line.auditors)), element("td", { class: "number" }, numbers.format(line.certificates)),
        element("td", { class: "number" }, line.ratio ?? "没有审核员"),
        element("td", {}, element("span", { class: "state state-" + line.state }, SIGNS[line.state] + (line.state === line.before ? "" : "（现为" + SIGNS[line.before].slice(2) + "）"))),
        element("td", { class: "number" }, numbers.format(line.room)), element("td", { class: "number" }, numbers.format(line.needed)))));
      const over = new Set(lines.filter((line) => line.state === "breach").map((line) => line.name));
      const asked = (auditors || certificates ? "审核员" + signed(auditors) + " 人、证书" + signed(certificates) + " 张" : "现状");
      const one = body && lines[0];
      this.place.querySelector("[data-words]").textContent = one
        ? asked + "：ITSMS 人均 " + (one.ratio ?? "（没有审核员）") + " 张，" + SIGNS[one.state].slice(2) + "；" + (one.room < 0n ? "超出 " + numbers.format(-one.room) : "还可颁发 " + numbers.format(one.room)) + " 张，至少需要 " + numbers.format(one.needed) + " 名审核员。"
        : asked + "：" + new Set(lines.map((line) => line.name)).size + " 家机构中超过上限 " + over.size + " 家" + (over.size ? "：" + [...over].join("、") : "") + "。";
    }
  }

  function signed(value) {
    return (value < 0n ? " −" : " +") + numbers.format(value < 0n ? -value : value);
  }

  certhouse.whatIf = { judge, micro };
  for (const place of document.querySelectorAll("[data-what-if]")) {
    certhouse.load("table-" + place.dataset.whatIf).then(function (payload) {
      const view = new WhatIf(place, payload);
      address.onChange(() => view.restore());
    });
  }
})();
