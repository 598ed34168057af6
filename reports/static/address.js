// The view in the address: #go=<where>&body=<id>&<table>.<column>=<value>&<table>.q|sort|page=... so that it can be sent.
(function () {
  "use strict";
  const listeners = [];

  function read() {
    return new URLSearchParams(location.hash.slice(1));
  }

  function get(key) {
    return read().get(key) || "";
  }

  // Settings of one table: the part after "<table>.".
  function settings(table) {
    const found = {};
    for (const [key, value] of read()) {
      if (key.startsWith(table + ".") && value) found[key.slice(table.length + 1)] = value;
    }
    return found;
  }

  // Change the address without a new entry in the history; empty values are left out.
  function change(changes) {
    const address = read();
    for (const [key, value] of Object.entries(changes)) {
      if (value) address.set(key, value);
      else address.delete(key);
    }
    address.delete("go");
    history.replaceState(null, "", "#" + address);
  }

  // Follow a link: the target table starts afresh with the link's filters; body and other tables stay as they are.
  function follow(fragment) {
    const wanted = new URLSearchParams(fragment);
    const address = read();
    const target = wanted.get("go");
    for (const key of [...address.keys()]) {
      if (key === "go" || key.startsWith(target + ".")) address.delete(key);
    }
    for (const [key, value] of wanted) address.set(key, value);
    if ("#" + address === location.hash) announce();
    else location.hash = address;
  }

  function announce() {
    listeners.forEach((listener) => listener());
    const target = document.getElementById(get("go"));
    if (target) {
      target.scrollIntoView({ block: "start" });
      if (target.tabIndex === -1) target.focus({ preventScroll: true });
    }
  }

  window.addEventListener("hashchange", announce);
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const fragment = link.getAttribute("href").slice(1);
    if (!fragment.startsWith("go=")) {
      if (fragment === "main") {
        event.preventDefault();
        document.getElementById("main").focus();
      }
      return;
    }
    event.preventDefault();
    follow(fragment);
  });

  certhouse.address = { get, settings, change, follow, announce, onChange: (listener) => listeners.push(listener) };
})();
