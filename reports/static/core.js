// The page's data: each data/<name>.js hands one value over. Loaded on demand by script element, which works from a disk.
(function () {
  "use strict";
  const root = document.documentElement;
  const received = new Map();
  const loading = new Map();

  function notice(text) {
    const place = document.getElementById("notice");
    place.textContent = text;
    place.hidden = false;
  }

  function receive(name, build, value) {
    if (build !== root.dataset.build) {
      notice("报告已经更新，请重新载入本页。");
      return;
    }
    received.set(name, unpack(value));
  }

  // Columns are written shorter in the files: see dashboard/packing.py.
  const ALPHABET = [...Array(94).keys()].map((at) => String.fromCharCode(33 + at)).filter((one) => !"\"'\\<>&`".includes(one));
  const PLACES = new Int16Array(128).fill(-1);
  ALPHABET.forEach((one, at) => { PLACES[one.charCodeAt(0)] = at; });

  function unpack(value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    if (Array.isArray(value.d) && typeof value.s === "string") {
      const rows = new Int32Array(value.s.length / value.w);
      for (let row = 0, at = 0; row < rows.length; row++) {
        let code = 0;
        for (let place = 0; place < value.w; place++, at++) code = code * ALPHABET.length + PLACES[value.s.charCodeAt(at)];
        rows[row] = code < 0 ? -1 : code;
      }
      return { d: value.d, i: rows };
    }
    if (typeof value.p === "string" && Array.isArray(value.n)) {
      let number = 0;
      return { v: value.n.map((step) => value.p + String(number += step).padStart(value.w, "0")) };
    }
    for (const key of Object.keys(value)) value[key] = unpack(value[key]);
    return value;
  }

  function load(name) {
    if (received.has(name)) return Promise.resolve(received.get(name));
    if (!loading.has(name)) {
      loading.set(name, script("data/" + name + ".js").then(function () {
        if (!received.has(name)) throw new Error(name);
        return received.get(name);
      }));
    }
    return loading.get(name);
  }

  const scripts = new Map();
  function script(address) {
    if (!scripts.has(address)) {
      scripts.set(address, new Promise(function (resolve, reject) {
        const element = document.createElement("script");
        element.src = address;
        element.onload = resolve;
        element.onerror = function () {
          notice("文件 " + address + " 读取失败：请确认整个报告文件夹完整。");
          reject(new Error(address));
        };
        document.head.append(element);
      }));
    }
    return scripts.get(address);
  }

  // An element with attributes and children; children that are strings become text, never HTML.
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  window.certhouse = { receive, site: () => received.get("site"), load, script, element, notice, asOf: root.dataset.asOf };
})();
