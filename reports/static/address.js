// The view in the address: #go=<where>&body=<id>&<table>.<column>=<value>&<table>.q|sort|page=... so that it can be sent.
(function () {
  "use strict";
  const listeners = [];
  const SHARED = ["body", "region", "scope", "period", "profile"];
  const own = document.documentElement.dataset.page;

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

  // The page that a fragment's target stands on; the own page when it is here or nowhere.
  function pageOf(target) {
    const places = certhouse.site().places;
    return Object.hasOwn(places, target) ? places[target] : own;
  }

  // The address of a fragment as a link: with its page where that is another one.
  function href(fragment) {
    const page = pageOf(new URLSearchParams(fragment).get("go"));
    return (page === own ? "" : page + ".html") + "#" + fragment;
  }

  // Settings that every page follows: kept when the reader goes to another page.
  function shared() {
    const kept = new URLSearchParams();
    for (const [key, value] of read()) if (SHARED.includes(key) && value) kept.set(key, value);
    return kept;
  }

  // A choice at the head of the page: as change, and everybody is told.
  function choose(changes) {
    change(changes);
    listeners.forEach((listener) => listener());
  }

  // Follow a link: the target table starts afresh with the link's filters; shared settings and other tables stay.
  function follow(fragment) {
    const wanted = new URLSearchParams(fragment);
    const target = wanted.get("go");
    if (pageOf(target) !== own) {
      location.href = withShared(href(fragment));
      return;
    }
    const address = read();
    for (const key of [...address.keys()]) {
      if (key === "go" || key.startsWith(target + ".")) address.delete(key);
    }
    for (const [key, value] of wanted) address.set(key, value);
    if ("#" + address === location.hash) announce();
    else location.hash = address;
  }

  // "<page>.html#<fragment>" with the shared settings added; a page whose hash is a mere place keeps it as it is.
  function withShared(link) {
    const [page, fragment = ""] = link.split("#");
    // The rule book's fragment is a place: it keeps the settings in its query and hands them on.
    if (page === "rulebook.html") return page + (String(shared()) ? "?" + shared() : "") + (fragment ? "#" + fragment : "");
    if (fragment && !fragment.includes("=")) return link;
    const address = new URLSearchParams(fragment);
    for (const [key, value] of shared()) if (!address.has(key)) address.set(key, value);
    return page + (String(address) ? "#" + address : "");
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
  // Links to other pages take the shared settings along, also into another tab.
  document.addEventListener("click", carry, true);
  document.addEventListener("auxclick", carry, true);
  function carry(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    const wanted = link && link.getAttribute("href");
    if (wanted && /^[\w-]+\.html(#|$)/.test(wanted)) {
      link.dataset.plain ??= wanted;
      link.setAttribute("href", withShared(link.dataset.plain));
    }
  }

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

  certhouse.address = { get, settings, change, choose, follow, href, announce, onChange: (listener) => listeners.push(listener) };
})();
